import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Explanation } from '../../session/explanations';
import { heatPixels, strongestPlace } from '../heat';
import { base } from '../styles';
import { words } from '../words';

/** Pixels of the drawn map a side. */
const side = 112;

/** A picture as a base saw it, under the map of what speaks for a class and what against it. */
@customElement('activation-picture')
export class ActivationPicture extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        position: relative;
        aspect-ratio: 1;
        overflow: hidden;
        border-radius: var(--radius-small);
        background: var(--sunken);
      }
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
    `,
  ];

  @property({ attribute: false }) explanation: Explanation | null = null;
  /** Of the map, 0 … 1. */
  @property({ type: Number }) opacity = 0.6;
  @query('.picture') private picture!: HTMLCanvasElement;
  @query('.heat') private heat!: HTMLCanvasElement;

  override render() {
    return html`<canvas class="picture" role="img" aria-label=${this.#inWords()}></canvas>
      <canvas class="heat" aria-hidden="true" style="opacity: ${this.opacity}"></canvas>`;
  }

  #inWords(): string {
    if (this.explanation === null) return words.tryIt.picture;
    const { label, map } = this.explanation;
    const place = strongestPlace(map);
    return place === null ? words.tryIt.noPlace(label) : words.tryIt.place(place, label);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('explanation') || this.explanation === null) return;
    const { square, map } = this.explanation;
    const rgba = new Uint8ClampedArray(square.side * square.side * 4).fill(255);
    for (let i = 0, j = 0; i < square.rgb.length; i += 3, j += 4) {
      rgba[j] = square.rgb[i]!;
      rgba[j + 1] = square.rgb[i + 1]!;
      rgba[j + 2] = square.rgb[i + 2]!;
    }
    draw(this.picture, rgba, square.side);
    draw(this.heat, heatPixels(map, side), side);
  }
}

function draw(canvas: HTMLCanvasElement, rgba: Uint8ClampedArray<ArrayBuffer>, size: number): void {
  canvas.width = canvas.height = size;
  canvas.getContext('2d')!.putImageData(new ImageData(rgba, size, size), 0, 0);
}
