import { expose } from 'comlink';
import { useBackend } from '../../../src/engine/backend/use.ts';
import type { Examples } from '../../../src/engine/heads/examples.ts';
import { solveHead } from '../../../src/engine/heads/exact.ts';
import { trainHead } from '../../../src/engine/heads/train.ts';
import { Job } from '../../../src/engine/job.ts';
import { defaultRunRequest } from '../../../src/engine/run.ts';
import type { Contestant } from './contestant.ts';
import { examplesOf, mostEpochs, type HeadOptions, type HeadTask } from './head-task.ts';

let task: HeadTask;
let train: Examples;
let validation: Examples;

/** Our own training loop; with `hidden: []` and `until` beside it, through the same door, the exact head. */
const head: Contestant = {
  async prepare(given) {
    task = given as HeadTask;
    await useBackend('wasm');
    ({ train, validation } = await examplesOf(task.data));
  },

  async measure(given) {
    const options = given as HeadOptions;
    const start = performance.now();
    if (options.kind === 'exact') {
      const fits = solveHead(exact, defaultRunRequest, train, validation, new Job());
      const { value } = await fits.next();
      check(value as { valAccuracy: number }, options.valAccuracy);
      return 60_000 / (performance.now() - start);
    }
    const epochs = options.kind === 'epochs' ? options.epochs : mostEpochs;
    const spec = { kind: 'dense', hidden: task.hidden, dropout: 0, l2: 0 } as const;
    const request = { ...defaultRunRequest, epochs, batchSize: task.batchSize, earlyStopping: null };
    for await (const { epoch, valAccuracy } of trainHead(spec, request, train, validation, new Job())) {
      if (options.kind === 'epochs' && epoch === epochs)
        return (1000 * epochs * train.labels.length) / (performance.now() - start);
      if (options.kind === 'until' && valAccuracy >= options.valAccuracy)
        return 60_000 / (performance.now() - start);
    }
    throw new Error('The accuracy was not reached');
  },
};
expose(head);

const exact = { kind: 'exact', hidden: [], dropout: 0, l2: 0 } as const;

function check({ valAccuracy }: { valAccuracy: number }, wanted: number): void {
  if (valAccuracy < wanted) throw new Error(`${valAccuracy} is below ${wanted}`);
}
