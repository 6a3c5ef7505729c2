/** Middle, least and most of what several rounds gave. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** @throws RangeError when there is nothing */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('Nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
  return { median, low: sorted[0]!, high: sorted.at(-1)! };
}

/**
 * How many times `subject` is `baseline`, round by round: what slows the machine for a while slows both sides of the
 * same round, and stays out of the ratio.
 * @throws RangeError where the rounds are not pairs
 */
export function ratios(subject: readonly number[], baseline: readonly number[]): Spread {
  if (subject.length !== baseline.length)
    throw new RangeError(`${subject.length} rounds beside ${baseline.length}`);
  return spread(subject.map((value, round) => value / baseline[round]!));
}

/** Everyone is first as often as anyone else: round 0 in the given order, each further one begins with the next. */
export function orderOf<T>(contestants: readonly T[], round: number): T[] {
  const first = round % contestants.length;
  return [...contestants.slice(first), ...contestants.slice(0, first)];
}

/** One number a round from each contestant, who take turns. */
export async function inTurns<T extends string>(
  contestants: readonly T[],
  rounds: number,
  measure: (contestant: T) => Promise<number>,
): Promise<Record<T, number[]>> {
  const measured = Object.fromEntries(contestants.map((name) => [name, []])) as unknown as Record<
    T,
    number[]
  >;
  for (let round = 0; round < rounds; round++)
    for (const name of orderOf(contestants, round)) {
      measured[name].push(await measure(name));
      console.log(`  round ${round + 1}, ${name}: ${measured[name].at(-1)!.toPrecision(3)}`);
    }
  return measured;
}
