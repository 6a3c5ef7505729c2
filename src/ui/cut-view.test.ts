import { describe, expect, test } from 'vitest';
import { baseIds } from '../engine/nets';
import { defaultRunRequest, type RunRequest, type RunResult } from '../engine/run';
import type { SessionState } from '../session/state';
import { baseText, cutTag, cutText } from './cut-name';
import { costStats, parts, timesText } from './cut-stats';
import {
  canTrainAbove,
  cutCost,
  cutPatch,
  stageAt,
  stagesOf,
  stageText,
  tailCuts,
  tailObstacle,
  tailPatch,
} from './cut-view';
import { probeScene } from './parts/probe-scene';
import { obstacle, plan, settingsText } from './plan';
import { automaticNames, comparedRuns } from './results-view';
import { emptyState, someWeights, twoClasses } from './state.test-helper';
import { sweepPoints, sweptCuts } from './sweep-view';

const asked = (patch: Partial<RunRequest>): RunRequest => ({ ...defaultRunRequest, ...patch });
const low = { resnet50: 'conv4_block6_out' };

function run(runId: string, patch: Partial<RunRequest>, valAccuracy = 0.5): RunResult {
  const request = asked({ cuts: {}, ...patch });
  return {
    runId,
    finishedAt: '2026-05-12T14:05:00.000Z',
    base: 'resnet50',
    backend: 'wasm',
    weightsDigest: 'digest',
    weights: someWeights,
    request,
    classes: ['cat', 'dog'],
    split: { train: ['0', '1'], validation: ['2', '3'] },
    history: [{ epoch: 1, loss: 1, accuracy: 0.5, valLoss: 1, valAccuracy }],
    bestEpoch: 1,
    timing: { downloadMs: 0, extractMs: 0, extractedImages: 0, imagesPerSecond: null, trainMs: 3000 },
  };
}

function withSpeed(patch: Partial<RunRequest>, cut = 'avg_pool', cached = 0): SessionState {
  const estimate = {
    base: 'resnet50',
    weights: someWeights,
    downloaded: true,
    images: 4,
    cached,
    imagesPerSecond: null,
    seconds: null,
    measured: { cut, imagesPerSecond: 2 },
  } as const;
  return {
    ...emptyState,
    dataset: twoClasses,
    request: asked(patch),
    estimates: { resnet50: estimate },
  };
}

describe('names', () => {
  test('a run says its cut, and what became of the rest', () => {
    expect(baseText('resnet50', asked({}))).toBe('ResNet50');
    expect(baseText('resnet50', asked({ cuts: low }))).toBe('ResNet50 to conv4_block6_out');
    expect(baseText('resnet50', asked({ cuts: low, tail: 'train' }))).toBe(
      'ResNet50 to conv4_block6_out, tail trained',
    );
    expect(cutText('vgg16', asked({ cuts: low }))).toBe('');
    expect(cutText('resnet50', asked({ cuts: low }))).toBe('conv4_block6_out, rest removed');
    expect(cutTag('resnet50', asked({ cuts: low, tail: 'train' }))).toBe('conv4_block6 + tail');
    expect(settingsText(asked({ cuts: low, tail: 'train', tailLearningRate: 0.0002 }), 'resnet50')).toMatch(
      /^Cut at conv4_block6_out, tail trained; .*tail 0.0002, warm-up 1 epoch/,
    );
  });

  test('base, cut and head tell runs apart, in names and at the ends of lines', () => {
    const results = [
      run('c', { cuts: low, tail: 'train' }),
      run('b', { cuts: low, head: { ...defaultRunRequest.head, hidden: [] } }),
      run('a', {}),
    ];
    expect([...automaticNames(results).values()]).toEqual([
      'ResNet50, Dense 512 + softmax',
      'ResNet50 to conv4_block6_out, Plain softmax',
      'ResNet50 to conv4_block6_out, tail trained, Dense 512 + softmax',
    ]);
    const notes = Object.fromEntries(results.map(({ runId }) => [runId, { name: null, pinned: true }]));
    expect(comparedRuns({ results, lanes: [], notes }).map(({ label }) => label)).toEqual([
      'ResNet50 512',
      'conv4_block6 softmax',
      'conv4_block6 + tail 512',
    ]);
  });
});

describe('the request', () => {
  test('the last stage is no cut, and bases do not touch each other', () => {
    const two = asked({ cuts: { vgg16: 'block3_pool' } });
    expect(cutPatch(two, 'resnet50', 'conv1_relu').cuts).toEqual({
      vgg16: 'block3_pool',
      resnet50: 'conv1_relu',
    });
    expect(cutPatch(two, 'vgg16', 'avg_pool').cuts).toEqual({});
  });

  test('to be trained, a base that is cut at its end is cut below its last block; others stay', () => {
    const request = asked({ bases: baseIds, cuts: { resnet50: 'conv3_block4_out' } });
    expect(tailPatch(request, 'train')).toEqual({
      tail: 'train',
      cuts: { resnet50: 'conv3_block4_out', 'inception-v3': 'mixed7', vgg16: 'block4_pool' },
    });
    expect(tailPatch(request, 'remove')).toEqual({ tail: 'remove' });
  });

  test.each(baseIds)('what is trained in %s by default has weights; its pooling has none', (base) => {
    expect(canTrainAbove(base, tailCuts[base])).toBe(true);
    expect(canTrainAbove(base, 'avg_pool')).toBe(false);
    expect(stageAt(base, tailCuts[base]).name).toBe(tailCuts[base]);
  });

  test('what cannot be trained is said before Run', () => {
    expect(tailObstacle(asked({ cuts: low, tail: 'train' }))).toBe('');
    expect(tailObstacle(asked({ tail: 'train' }))).toMatch(/^Above the cut of ResNet50 there is nothing/);
    // The last map has pooling above it, and nothing else.
    expect(tailObstacle(asked({ tail: 'train', cuts: { resnet50: 'conv5_block3_out' } }))).not.toBe('');
    expect(tailObstacle(asked({ cuts: low, tail: 'train', warmupEpochs: 11 }))).toMatch(/^The warm-up/);
    const exact = { ...defaultRunRequest.head, kind: 'exact' as const, hidden: [] };
    const state = {
      ...emptyState,
      dataset: twoClasses,
      request: asked({ cuts: low, tail: 'train', head: exact }),
    };
    expect(obstacle(state)).toMatch(/^The exact head/);
    expect(obstacle({ ...state, request: asked({ cuts: low, tail: 'train' }) })).toBe('');
  });

  test('Run says what it will do with the cut', () => {
    expect(plan({ ...emptyState, dataset: twoClasses, request: asked({ cuts: low, tail: 'train' }) })).toBe(
      'Extract 4 images with ResNet50 to conv4_block6_out, then train the head and the stages above the cut for 10 epochs.',
    );
  });
});

describe('costs', () => {
  test('a stage in words', () => {
    expect(stageText(stageAt('resnet50', 'conv4_block6_out'))).toBe(
      'conv4_block6_out: 14 × 14 × 1,024, 8.59 million parameters below',
    );
  });

  test('vectors for a head alone, maps in half the precision for a tail', () => {
    expect(cutCost(withSpeed({ cuts: low }), 'resnet50')).toMatchObject({
      features: 1024,
      storedBytes: 4 * 1024 * 4,
    });
    expect(cutCost(withSpeed({ cuts: low, tail: 'train' }), 'resnet50')).toMatchObject({
      features: 2048,
      storedBytes: 4 * 14 * 14 * 1024 * 2,
    });
  });

  test('times go by the share of arithmetic, and say so', () => {
    const whole = stageAt('resnet50', 'avg_pool').multiplyAdds;
    const share = stageAt('resnet50', 'conv4_block6_out').multiplyAdds / whole;
    const { extraction, epoch } = cutCost(withSpeed({ cuts: low, tail: 'train' }), 'resnet50');
    expect(extraction).toEqual({ seconds: expect.closeTo((4 / 2) * share, 9) as number, how: 'estimated' });
    // 3.2 images train, three passes each; 0.8 are judged.
    expect(epoch).toEqual({
      seconds: expect.closeTo(((3 * 3.2 + 0.8) / 2) * (1 - share), 9) as number,
      how: 'estimated',
    });
    expect(cutCost(withSpeed({ cuts: low }, 'conv4_block6_out'), 'resnet50').extraction).toEqual({
      seconds: expect.closeTo(2, 9) as number,
      how: 'measured',
    });
    expect(timesText(withSpeed({ cuts: low }), 'resnet50')).toMatch(/^Estimated/);
  });

  test('what nobody measured has no figure', () => {
    const state = { ...withSpeed({ cuts: low, tail: 'train' }), estimates: {} };
    expect(cutCost(state, 'resnet50')).toMatchObject({ extraction: null, epoch: null });
    expect(costStats(state, 'resnet50').filter(({ value }) => value === 'Not measured')).toHaveLength(2);
    expect(timesText(state, 'resnet50')).toMatch(/^Times are told once/);
  });

  test('a run that was cut likewise tells how long an epoch takes', () => {
    const state = {
      ...withSpeed({ cuts: low, tail: 'train' }),
      results: [run('a', { cuts: low, tail: 'train' })],
    };
    // 3 s for two images; 3.2 train now.
    expect(cutCost(state, 'resnet50').epoch).toEqual({
      seconds: expect.closeTo(4.8, 9) as number,
      how: 'measured',
    });
    expect(cutCost({ ...state, results: [run('a', { cuts: low })] }, 'resnet50').epoch?.how).toBe(
      'estimated',
    );
  });

  test('what is stored is not extracted again', () => {
    const state = withSpeed({ cuts: low }, 'avg_pool', 4);
    expect(costStats(state, 'resnet50')).toContainEqual(expect.objectContaining({ value: 'Nothing to do' }));
    expect(timesText(state, 'resnet50')).toBe('');
  });

  test('parts of the picture in words', () => {
    expect(parts(withSpeed({ cuts: low }), 'resnet50').map(({ part, text }) => `${part} | ${text}`)).toEqual([
      'frozen | Frozen: 15 stages, 8.59 million parameters',
      'removed | Removed: 4 stages, 15 million parameters',
      'trained | Trained: the head',
    ]);
    expect(parts(withSpeed({ cuts: low, tail: 'train' }), 'resnet50').at(-1)!.text).toBe(
      'Trained: 4 stages, 15 million parameters, and the head',
    );
    expect(parts(withSpeed({}), 'resnet50')).toHaveLength(2);
  });
});

test('a sweep draws runs that differ in nothing but their cut, by depth', () => {
  const results = [
    run('new', {}, 1),
    run('low', { cuts: low }, 0.5),
    run('tuned', { cuts: low, tail: 'train' }),
    run('other', { cuts: { resnet50: 'conv1_relu' }, seed: 7 }),
    run('old', {}, 0),
  ];
  const state = { request: asked({ cuts: low, tail: 'train' as const }), results };
  expect(sweepPoints(state, 'resnet50').map(({ cut, runId, accuracy }) => [cut, runId, accuracy])).toEqual([
    ['conv4_block6_out', 'low', 0.5],
    ['avg_pool', 'new', 1],
  ]);
  const elsewhere = { ...run('elsewhere', { cuts: low }), split: { train: ['0'], validation: ['9'] } };
  expect(sweepPoints({ ...state, results: [run('new', {}), elsewhere] }, 'resnet50')).toHaveLength(1);
  expect(sweepPoints(state, 'vgg16')).toEqual([]);
  expect(sweptCuts('resnet50')).toContain('conv4_block6_out');
});

test('a chart of many cuts names as many as there is room for, the deepest among them', () => {
  const names = (cuts: readonly string[], width: number) => {
    const probes = cuts.map((cut) => ({ cut, accuracy: 0.5, interval: { low: 0.4, high: 0.6 } }));
    const shapes = probeScene({ probes, best: '', colour: 'red', marker: 0, width, height: 200 });
    return shapes.flatMap((shape) =>
      shape.kind === 'text' && /^(conv|avg)/.test(shape.text) ? shape.text : [],
    );
  };
  const five = sweptCuts('resnet50');
  expect(names(five, 640)).toEqual(five);
  expect(names(five, 296)).toEqual(['conv1', 'conv2', 'conv3', 'conv4', 'avg']);
  const all = stagesOf('resnet50').map(({ name }) => name);
  // Without their blocks' numbers they would not be told apart.
  expect(names(all, 640)).toEqual(['conv2_block2_out', 'conv3_block4_out', 'conv4_block5_out', 'avg_pool']);
});
