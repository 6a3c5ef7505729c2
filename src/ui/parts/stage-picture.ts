import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { StageCost } from '../../engine/nets/stage-costs';
import { shapeText, stageText, stageTitle } from '../cut-view';
import { base } from '../styles';
import { words } from '../words';

/** The stage after which the user cuts, by its place among the stages; −1: before the first. */
export class CutMove extends Event {
  constructor(readonly index: number) {
    super('cut-move');
  }
}

/**
 * A base as its stages in a row, cut after one of them: a slider over the picture moves the cut. Heights go by the
 * side of a stage's map and widths by its channels, both on a logarithmic scale. Sends `cut-move`.
 */
@customElement('stage-picture')
export class StagePicture extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        --head: 2.75rem;
        --thumb: 1.5rem;
      }
      .picture {
        position: relative;
        display: grid;
        grid-template-columns: minmax(0, 1fr) var(--head);
        padding-top: 0.75rem;
      }
      .stages,
      .sides {
        display: grid;
        grid-template-columns: repeat(var(--count), minmax(0, 1fr));
      }
      .stages,
      .head {
        height: 8.5rem;
        align-items: center;
        justify-items: center;
      }
      .head {
        display: grid;
      }
      .block {
        border: 1.5px solid var(--colour);
        border-radius: 2px;
        background: var(--colour);
      }
      .head .block {
        width: 1.375rem;
        height: 1.75rem;
      }
      .trained {
        background: repeating-linear-gradient(135deg, var(--colour) 0 2px, var(--surface) 2px 6px);
      }
      .removed {
        border: 1.5px dashed var(--line-strong);
        background: none;
      }
      .cut {
        position: absolute;
        top: 0;
        bottom: 0;
        left: calc((100% - var(--head)) * var(--at));
        width: 0;
        border-left: 3px solid var(--ink);
        margin-left: -1.5px;
        pointer-events: none;
      }
      .cut::before {
        content: '';
        position: absolute;
        top: 0;
        left: calc(-0.5rem - 1.5px);
        width: 1rem;
        height: 1rem;
        border-radius: 50%;
        border: 3px solid var(--surface);
        background: var(--ink);
        box-sizing: border-box;
      }
      .area {
        position: relative;
      }
      /* Each of its steps lies on the right edge of a stage; the first may lie before all of them. */
      input {
        position: absolute;
        inset: 0 auto 0 calc((100% - var(--head)) / var(--count) * var(--first) - var(--thumb) / 2);
        width: calc((100% - var(--head)) / var(--count) * (var(--count) - var(--first)) + var(--thumb));
        height: 100%;
        margin: 0;
        opacity: 0;
        cursor: ew-resize;
        touch-action: pan-y;
      }
      input::-webkit-slider-thumb {
        width: var(--thumb);
        height: 6rem;
      }
      input::-moz-range-thumb {
        width: var(--thumb);
        height: 6rem;
      }
      input:disabled {
        cursor: not-allowed;
      }
      .area:focus-within {
        outline: 2px solid var(--accent);
        outline-offset: 4px;
        border-radius: var(--radius-small);
      }
      .sides {
        margin: 0.25rem var(--head) 0 0;
        color: var(--muted);
        font-size: 0.75rem;
        line-height: 1.5;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
      .sides span {
        margin: 0 1px;
        border-top: 1px solid var(--line-strong);
      }
      .foot {
        position: relative;
        display: flow-root;
      }
      .foot .last {
        position: absolute;
        top: 0.25rem;
        right: 0;
        width: var(--head);
        border-top: 1px solid transparent;
        line-height: 1.5;
        color: var(--muted);
        font-size: 0.75rem;
        text-align: center;
      }
    `,
  ];

  @property({ attribute: false }) stages: readonly StageCost[] = [];
  /** What comes in. */
  @property({ attribute: false }) picture: StageCost | null = null;
  /** The stage after which the base is cut; −1: before the first, which only a trained base can be. */
  @property({ type: Number }) cut = 0;
  /** What is above the cut is kept and trained. */
  @property({ type: Boolean }) trained = false;
  @property() name = '';
  @property() colour = 'var(--accent)';
  @property({ type: Boolean }) locked = false;

  override render() {
    const { stages, cut } = this;
    const chosen = cut < 0 ? this.picture : stages[cut];
    if (!chosen) return html``;
    const count = stages.length;
    const first = this.trained ? 0 : 1;
    const style = {
      '--count': `${count}`,
      '--first': `${first}`,
      '--at': `${(cut + 1) / count}`,
      '--colour': this.colour,
    };
    return html`<div style=${styleMap(style)}>
      <div class="area">
        <div class="picture" aria-hidden="true">
          <div class="stages">${stages.map((stage, i) => this.#block(stage, i))}</div>
          <div class="head"><div class="block trained"></div></div>
          <div class="cut"></div>
        </div>
        <input
          type="range"
          min=${first - 1}
          max=${count - 1}
          step="1"
          .value=${`${cut}`}
          ?disabled=${this.locked}
          aria-label=${words.cut.cutOf(this.name)}
          aria-valuetext=${stageText(chosen)}
          @input=${this.#move}
        />
      </div>
      <div class="foot" aria-hidden="true">
        <div class="sides">
          ${sides(stages).map(
            ({ side, length }) =>
              html`<span style=${styleMap({ gridColumn: `span ${length}` })}>${side}</span>`,
          )}
        </div>
        <div class="last">${words.cut.head}</div>
      </div>
    </div>`;
  }

  #block(stage: StageCost, index: number) {
    const part = index <= this.cut ? 'frozen' : this.trained ? 'trained' : 'removed';
    return html`<div
      class="block ${part}"
      title=${`${stageTitle(stage)}: ${shapeText(stage)}`}
      style=${styleMap(blockSize(stage))}
    ></div>`;
  }

  readonly #move = (event: Event): void => {
    const index = (event.target as HTMLInputElement).valueAsNumber;
    if (index !== this.cut) this.dispatchEvent(new CutMove(index));
  };
}

/** From 1 to 128 pixels a side, and from 64 to 2,048 channels: shares of the height and of the place in the row. */
export function blockSize({ shape }: StageCost): { height: string; width: string } {
  const side = shape.length === 1 ? 1 : shape[0]!;
  const height = 0.1 + 0.9 * (Math.log2(side) / Math.log2(128));
  const width = 0.25 + 0.65 * (Math.log2(shape.at(-1)! / 64) / 5);
  const inPercent = (share: number) => `${Math.round(100 * Math.min(1, share))}%`;
  return { height: inPercent(height), width: inPercent(width) };
}

/** Neighbouring stages with maps of one size. */
export function sides(stages: readonly StageCost[]): { side: number; length: number }[] {
  const runs: { side: number; length: number }[] = [];
  for (const { shape } of stages) {
    const side = shape.length === 1 ? 1 : shape[0]!;
    const last = runs.at(-1);
    if (last?.side === side) last.length++;
    else runs.push({ side, length: 1 });
  }
  return runs;
}

declare global {
  interface HTMLElementTagNameMap {
    'stage-picture': StagePicture;
  }
}
