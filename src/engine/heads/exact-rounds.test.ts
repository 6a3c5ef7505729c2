import { expect, it } from 'vitest';
import { Rounds } from './exact-rounds';

/** Asks as many questions as it is given, each after the answer to the one before. */
async function asking(rounds: Rounds<string, string>, name: string, questions: number): Promise<string[]> {
  const answers: string[] = [];
  for (let i = 1; i <= questions; i++) answers.push(await rounds.ask(`${name}${i}`));
  rounds.leave();
  return answers;
}

it('answers everybody at once, and the last ones alone', async () => {
  const asked: (readonly string[])[] = [];
  const rounds = new Rounds<string, string>(3, (questions) => {
    asked.push(questions);
    return Promise.resolve(questions.map((question) => `${question}!`));
  });
  const answers = await Promise.all([asking(rounds, 'a', 3), asking(rounds, 'b', 1), asking(rounds, 'c', 2)]);
  expect(asked).toEqual([['a1', 'b1', 'c1'], ['a2', 'c2'], ['a3']]);
  expect(answers).toEqual([['a1!', 'a2!', 'a3!'], ['b1!'], ['c1!', 'c2!']]);
});

it('fails for everybody', async () => {
  const rounds = new Rounds<string, string>(2, () => Promise.reject(new Error('cancelled')));
  const outcomes = await Promise.allSettled([asking(rounds, 'a', 1), asking(rounds, 'b', 1)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
