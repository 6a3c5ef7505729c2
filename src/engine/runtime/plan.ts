import type { CutOutput } from '../bases/runner';
import type { ConvNode, Net, NetNode, PoolNode } from '../nets/graph';
import { nodesTo } from '../nets/run';
import { heightWidth, inputsOf, nodeShapes, type NodeShape } from '../nets/shapes';
import { side as windowSide } from '../nets/windows';
import { addedTo, aligned, layOut } from './buffers';
import { blockFilters, blockRows, Kind, Word, words } from './kernels/command';
import type { PackedConv } from './pack';

/** One pass over a batch, ready to run: places are bytes in the runtime's memory. */
export interface Plan {
  /** [commands, words] */
  readonly program: Int32Array;
  readonly commands: number;
  readonly at: number;
  /** Where the images go. */
  readonly input: number;
  /** What was wanted, in that order. */
  readonly outputs: readonly { readonly at: number; readonly length: number }[];
  /** Room of each thread, the first at `scratch`. */
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly end: number;
}

type Command = Partial<Record<keyof typeof Word, number>>;

const elements = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);
const roundUp = (value: number, unit: number) => Math.ceil(value / unit) * unit;

/** Plans a pass of `images` squares of `side` pixels, to be laid out in memory from `start` on. */
export function plan(
  net: Net,
  convs: ReadonlyMap<string, PackedConv>,
  start: number,
  threads: number,
  images: number,
  side: number,
  wanted: readonly CutOutput[],
): Plan {
  const stage = ({ cut }: CutOutput) => net.stages.find(({ name }) => name === cut)!.node;
  const shapes = nodeShapes(net, side);
  const nodes = [
    net.nodes.find(({ op }) => op === 'input')!,
    ...nodesTo(
      net,
      wanted.map(({ cut }) => cut),
    ),
  ];
  // What is averaged is so as soon as it is there.
  const averages = new Map<string, string>();
  for (const output of wanted) {
    const node = stage(output);
    if (output.form === 'map' || shapes.get(node)!.length === 1 || averages.has(node)) continue;
    const name = `${node} averaged`;
    averages.set(node, name);
    shapes.set(name, [shapes.get(node)![2]!]);
    nodes.splice(nodes.findIndex((other) => other.name === node) + 1, 0, {
      op: 'global-average-pool',
      name,
      input: node,
    });
  }
  const target = (output: CutOutput) =>
    output.form === 'map' ? stage(output) : (averages.get(stage(output)) ?? stage(output));
  const { places, end } = layOut(
    nodes,
    shapes,
    images,
    new Set(wanted.map(target)),
    start + aligned(4 * words * nodes.length),
  );

  const commands = nodes.flatMap((node) => {
    const command = commandOf(node, shapes, convs, images, threads);
    if (command === null) return [];
    const input = places.get(inputsOf(node)[0]!)!;
    if (command.Kind === Kind.Conv && !readsInPlace(command) && input.step !== command.Channels)
      throw new Error(`${node.name} gathers rows of a part of a concatenation`);
    const output = places.get(node.name)!;
    const sum = nodes.find((other) => other.op === 'add' && addedTo(nodes, other) === node.name);
    const other = sum && places.get(inputsOf(sum).find((name) => name !== node.name)!)!;
    return [
      {
        ...command,
        Images: images,
        Input: input.at,
        InputStep: input.step,
        Output: output.at,
        OutputStep: output.step,
        ...(other && {
          Residual: other.at,
          ResidualStep: other.step,
          Relu: Number((sum as { relu: boolean }).relu),
        }),
      },
    ];
  });
  const program = new Int32Array(words * commands.length);
  for (const [i, command] of commands.entries())
    for (const [name, value] of Object.entries(command))
      program[i * words + Word[name as keyof typeof Word]] = value;
  const scratchBytes = Math.max(...commands.map(scratchOf));
  return {
    program,
    commands: commands.length,
    at: start,
    input: places.get(nodes[0]!.name)!.at,
    outputs: wanted.map((output) => ({
      at: places.get(target(output))!.at,
      length: images * elements(shapes.get(target(output))!),
    })),
    scratch: end,
    scratchBytes,
    end: end + threads * scratchBytes,
  };
}

/** Most bytes and pixels of gathered rows: half of a level 2 cache, and enough rows for each pass over the weights. */
const gathered = { bytes: 256 * 1024, pixels: 96 };
/**
 * Bytes of transformed tiles, and least tiles, of a task. Above 256 channels the kernels fill tens of megabytes and come from
 * memory: with 48 tiles there are 24 operations for each of their bytes. With 24, VGG16 was slower by a seventh.
 */
const transformed = { bytes: 1.5 * 2 ** 20, tiles: 48 };
/** Tasks for each thread, so that one which started late or is slowed down holds nobody up. */
const tasksEach = 4;

/** How a convolution's work is divided: `rows` into blocks of at most `most`, and filters where that gives too few pieces. */
function divide(rows: number, most: number, filters: number, threads: number): Command & { Tasks: number } {
  const blocks = Math.ceil(rows / most);
  const Block = roundUp(Math.ceil(rows / blocks), blockRows);
  const pieces = Math.ceil(rows / Block);
  const wanted = threads === 1 ? 1 : Math.ceil((tasksEach * threads) / pieces);
  const FilterBlock = Math.max(Math.min(64, filters), roundUp(Math.ceil(filters / wanted), blockFilters));
  return { Block, FilterBlock, Tasks: pieces * Math.ceil(filters / FilterBlock) };
}

function commandOf(
  node: NetNode,
  shapes: ReadonlyMap<string, NodeShape>,
  convs: ReadonlyMap<string, PackedConv>,
  images: number,
  threads: number,
): (Command & { Tasks: number }) | null {
  if (node.op === 'input' || node.op === 'concat' || node.op === 'add') return null;
  const [height, width, channels] = shapes.get(node.input) as [number, number, number];
  const from = { Height: height, Width: width, Channels: channels };
  if (node.op === 'global-average-pool') return { Kind: Kind.Mean, ...from, Tasks: images };
  const window = windowOf(node, height, width);
  const lines = images * window.OutputHeight;
  if (node.op !== 'conv') {
    const zeros = typeof node.padding === 'number' && node.padding > 0;
    const kind = node.op === 'max-pool' ? Kind.MaxPool : Kind.AveragePool;
    return { Kind: kind, ...from, ...window, ZeroPadding: Number(zeros), Tasks: lines };
  }
  const { weights, bias, winograd } = convs.get(node.name)!;
  const { filters } = node;
  const own = { ...from, ...window, Filters: filters, Weights: weights, Bias: bias, Relu: Number(node.relu) };
  if (winograd) {
    const tiles = images * Math.ceil(window.OutputHeight / 4) * Math.ceil(window.OutputWidth / 4);
    const most = roundUp(
      Math.max(transformed.tiles, transformed.bytes / (144 * (channels + filters))),
      blockRows,
    );
    return { Kind: Kind.Winograd, ...own, ...divide(tiles, most, filters, threads) };
  }
  const depth = window.WindowHeight * window.WindowWidth * channels;
  const most = Math.min(gathered.pixels, roundUp(gathered.bytes / (4 * depth), blockRows));
  return { Kind: Kind.Conv, ...own, ...divide(lines * window.OutputWidth, most, filters, threads) };
}

function windowOf({ size, stride, padding }: ConvNode | PoolNode, height: number, width: number) {
  const [WindowHeight, WindowWidth] = heightWidth(size);
  const rows = windowSide(height, WindowHeight, stride, padding);
  const columns = windowSide(width, WindowWidth, stride, padding);
  return {
    WindowHeight,
    WindowWidth,
    Stride: stride,
    Top: rows.before,
    Left: columns.before,
    OutputHeight: rows.places,
    OutputWidth: columns.places,
  };
}

/** 1×1 windows need no gathering. */
const readsInPlace = ({ WindowHeight, WindowWidth, Stride }: Command) =>
  WindowHeight === 1 && WindowWidth === 1 && Stride === 1;

/** Bytes that a thread needs for one task of a command: what `conv` and `winograd` keep there. */
function scratchOf(command: Command): number {
  const { Kind: kind, Channels = 0, Block = 0, FilterBlock = 0, WindowHeight = 0, WindowWidth = 0 } = command;
  if (kind === Kind.Conv) return aligned(4 * (Block * WindowHeight * WindowWidth * Channels + blockRows));
  if (kind === Kind.Winograd)
    return aligned(36 * (4 * Block * (Channels + FilterBlock) + 128) + 36 * 16 + 4 * 36 * Channels + 1024);
  return 0;
}
