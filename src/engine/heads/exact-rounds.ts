interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Answers those who go on side by side all at once: as soon as everyone who is still there has asked. */
export class Rounds<Question, Answer> {
  #present: number;
  #waiting: Waiting<Question, Answer>[] = [];

  constructor(
    present: number,
    readonly answer: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  ) {
    this.#present = present;
  }

  /** Rejects as `answer` does, for all who asked. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      this.#answerAll();
    });
  }

  /** The others wait for one fewer from now on. */
  leave(): void {
    this.#present--;
    this.#answerAll();
  }

  #answerAll(): void {
    if (this.#waiting.length === 0 || this.#waiting.length < this.#present) return;
    const round = this.#waiting.splice(0);
    this.answer(round.map(({ question }) => question)).then(
      (answers) => round.forEach(({ resolve }, i) => resolve(answers[i]!)),
      (error: unknown) => round.forEach(({ reject }) => reject(error)),
    );
  }
}
