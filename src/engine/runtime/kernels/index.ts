import { Kind, Word, words } from './command';
import { conv } from './conv';
import { word } from './memory';
import { mean, pool } from './pool';
import { winograd } from './winograd';

export { resampleLines } from './resample';
export { transformKernel } from './winograd';

/**
 * Runs `commands` one after the other, on `threads` threads that all call this with the same program and a `scratch` of
 * their own. Each takes tasks as long as there are any, then waits for the others, since the next command reads what
 * this one writes. `Next` and `Arrived` of every command are 0 beforehand.
 */
export function run(program: i32, commands: i32, threads: i32, scratch: i32): void {
  for (let i = 0; i < commands; i++) {
    const command = program + i * words * 4;
    const tasks = word(command, Word.Tasks);
    for (;;) {
      const task = atomic.add<i32>(command + 4 * Word.Next, 1);
      if (task >= tasks) break;
      perform(command, task, scratch);
    }
    const arrived = command + 4 * Word.Arrived;
    let there = atomic.add<i32>(arrived, 1) + 1;
    if (there == threads) atomic.notify(arrived, threads);
    // The others are rarely far behind; a core that spins for longer would be missing elsewhere.
    for (let spins = 0; there < threads && spins < 10000; spins++) there = atomic.load<i32>(arrived);
    while (there < threads) {
      atomic.wait<i32>(arrived, there, -1);
      there = atomic.load<i32>(arrived);
    }
  }
}

function perform(command: i32, task: i32, scratch: i32): void {
  switch (word(command, Word.Kind)) {
    case Kind.Conv:
      return conv(command, task, scratch);
    case Kind.Winograd:
      return winograd(command, task, scratch);
    case Kind.Mean:
      return mean(command, task);
    default:
      pool(command, task, word(command, Word.Kind) == Kind.AveragePool);
  }
}
