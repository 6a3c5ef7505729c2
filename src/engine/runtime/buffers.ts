import type { NetNode } from '../nets/graph';
import { inputsOf, type NodeShape } from '../nets/shapes';
import { blockRows } from './kernels/command';

/** Where the output of a node lies: `at` bytes, its pixels `step` floats apart. */
export interface Place {
  readonly at: number;
  readonly step: number;
}

/** Part of a buffer that has the name of the node whose whole output it is. */
interface Part {
  readonly buffer: string;
  readonly channel: number;
}

/** Bytes, on lines of the cache. */
export const aligned = (bytes: number) => Math.ceil(bytes / 64) * 64;

/**
 * The convolution that an addition is part of: the later of its inputs, so that the other one is there. Throws where
 * that is not a convolution of the addition's own.
 */
export function addedTo(
  nodes: readonly NetNode[],
  { name, inputs }: NetNode & { readonly op: 'add' },
): string {
  const last = nodes.findLast((node) => inputs.includes(node.name));
  const readers = nodes.filter((node) => inputsOf(node).includes(last?.name ?? ''));
  if (last?.op !== 'conv' || last.relu || readers.length > 1) throw new Error(`${name} adds what it cannot`);
  return last.name;
}

/**
 * Lays out the outputs of `nodes`, which run in this order, from `start` bytes on. A concatenation takes no time: its inputs
 * are written side by side into its buffer; a convolution that is added to something is written where the sum belongs.
 * Buffers take each other's room once their last reader has run; those of `kept` are never taken. Throws on a node whose
 * output would have to be in two places.
 */
export function layOut(
  nodes: readonly NetNode[],
  shapes: ReadonlyMap<string, NodeShape>,
  images: number,
  kept: ReadonlySet<string>,
  start: number,
): { readonly places: Map<string, Place>; readonly end: number } {
  const channels = (name: string) => shapes.get(name)!.at(-1)!;
  const parts = new Map<string, Part>();
  const part = (name: string) => parts.get(name) ?? { buffer: name, channel: 0 };
  for (const node of nodes.toReversed()) {
    if (node.op !== 'concat' && node.op !== 'add') continue;
    const { buffer, channel } = part(node.name);
    let next = channel;
    for (const input of node.op === 'concat' ? node.inputs : [addedTo(nodes, node)]) {
      if (parts.has(input) || kept.has(input)) throw new Error(`${input} would have to be in two places`);
      parts.set(input, { buffer, channel: next });
      next += channels(input);
    }
  }

  const lives = new Map<string, { from: number; to: number }>();
  for (const [i, { name }] of nodes.entries()) {
    const { buffer } = part(name);
    const from = lives.get(buffer)?.from ?? i;
    const to = kept.has(name) ? nodes.length : nodes.findLastIndex((node) => inputsOf(node).includes(name));
    lives.set(buffer, { from, to: Math.max(i, to, lives.get(buffer)?.to ?? 0) });
  }

  // The largest first, each at the lowest place that is free as long as it lives.
  const size = (name: string) => {
    const pixels = shapes
      .get(name)!
      .slice(0, -1)
      .reduce((product, length) => product * length, images);
    return aligned(4 * channels(name) * (pixels + blockRows));
  };
  const laid: { at: number; end: number; from: number; to: number }[] = [];
  const at = new Map<string, number>();
  for (const [buffer, { from, to }] of [...lives].sort(([a], [b]) => size(b) - size(a))) {
    let place = start;
    for (const other of laid.sort((a, b) => a.at - b.at))
      if (other.from <= to && from <= other.to && other.at < place + size(buffer))
        place = Math.max(place, other.end);
    at.set(buffer, place);
    laid.push({ at: place, end: place + size(buffer), from, to });
  }
  const places = new Map<string, Place>();
  for (const { name } of nodes) {
    const { buffer, channel } = part(name);
    places.set(name, { at: at.get(buffer)! + 4 * channel, step: channels(buffer) });
  }
  return { places, end: Math.max(start, ...laid.map(({ end }) => end)) };
}
