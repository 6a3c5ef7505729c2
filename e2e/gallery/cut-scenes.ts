import { baseIds } from '../../src/engine/nets';
import type { RunRequest, RunResult } from '../../src/engine/run';
import type { SessionState } from '../../src/session/state';
import { sweptCuts } from '../../src/ui/sweep-view';

/** The whole base was measured, no cut of it. */
function measured(state: SessionState): SessionState {
  const known = baseIds.flatMap((id) => {
    const estimate = state.estimates[id];
    if (!estimate?.imagesPerSecond) return [];
    const { imagesPerSecond } = estimate;
    return [
      [
        id,
        {
          ...estimate,
          imagesPerSecond: null,
          seconds: null,
          measured: { cut: 'avg_pool', imagesPerSecond },
        },
      ],
    ];
  });
  return { ...state, estimates: Object.fromEntries(known) as SessionState['estimates'] };
}

const asked = (state: SessionState, patch: Partial<RunRequest>): SessionState => ({
  ...measured(state),
  request: { ...state.request, ...patch },
});

/** Where bases are cut. `ready`: images and no run; `compared`: two runs of each base. */
export const cutScenes = {
  'cut-early': (ready: SessionState) =>
    asked(ready, { bases: ['vgg16'], cuts: { vgg16: 'block3_pool' }, tail: 'remove' }),
  'cut-trained': (compared: SessionState): SessionState => {
    const cuts = ['conv3_block4_out', 'conv4_block6_out', 'conv4_block6_out'];
    const results = compared.results.map((result, i): RunResult => {
      const cut = cuts[i];
      if (cut === undefined) return result;
      const request = { ...result.request, bases: ['resnet50'], cuts: { resnet50: cut } } as const;
      return { ...result, base: 'resnet50', request: i === 1 ? { ...request, tail: 'train' } : request };
    });
    return {
      ...asked(compared, {
        bases: ['resnet50'],
        cuts: { resnet50: 'conv4_block6_out' },
        tail: 'train',
        tailLearningRate: 0.0001,
      }),
      results,
      notes: Object.fromEntries(results.map(({ runId }) => [runId, { name: null, pinned: true }])),
    };
  },
  'cut-whole': (ready: SessionState) =>
    asked(ready, {
      bases: ['resnet50'],
      cuts: { resnet50: 'input' },
      tail: 'train',
      augmentation: { flip: true, crop: 0.2, colour: 0.2 },
    }),
  'cut-copies': (ready: SessionState) =>
    asked(ready, {
      bases: ['resnet50'],
      cuts: { resnet50: 'conv4_block6_out' },
      copies: 4,
      augmentation: { flip: true, crop: 0.2, colour: 0 },
    }),
  /** All but one of the sweep's cuts have been run. */
  'cut-swept': (compared: SessionState): SessionState => {
    const base = 'resnet50';
    const model = compared.results.find((result) => result.base === base)!;
    const results = sweptCuts(base)
      .slice(1)
      .map((cut, i): RunResult => {
        const cuts = cut === 'avg_pool' ? {} : { [base]: cut };
        const request: RunRequest = { ...model.request, bases: [base], cuts, tail: 'remove' };
        const history = model.history.map((one) => ({
          ...one,
          valAccuracy: one.valAccuracy - 0.09 * (3 - i),
        }));
        return { ...model, runId: `run-${i}`, request, history };
      });
    const swept = asked(compared, { ...model.request, bases: [base], cuts: {}, tail: 'remove' });
    return { ...swept, results };
  },
  'cut-three': (ready: SessionState) =>
    asked(ready, {
      bases: baseIds,
      cuts: { 'inception-v3': 'mixed7', resnet50: 'conv5_block2_out' },
      tail: 'train',
    }),
};
