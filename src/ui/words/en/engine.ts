import type { CaseAdvice } from '../../../engine/analysis/advice';
import type { Finding } from '../../../engine/audit/finding';
import type { LeftOut } from '../../../engine/data/records';
import type { ErrorData } from '../../../engine/errors';
import type { Note } from '../../../engine/note';
import type { CurveAlarm } from '../../../engine/results/curve-alarm';

/** What happened or was found, and what to do about it. */
export interface Said {
  readonly message: string;
  readonly advice: string;
}

/** What the engine says: it speaks English, to scripts as well; other languages say it by its codes and figures. */
export const engine = {
  error: (error: Pick<ErrorData, 'code' | 'message' | 'advice' | 'why'>): Said => error,
  /** What a row of the left-out files says beside its reason; empty: nothing. */
  fault: ({ detail }: Pick<LeftOut, 'detail' | 'why'>): string => detail,
  finding: (finding: Finding): Said => finding,
  note: ({ text }: Note): string => text,
  alarm: ({ text, advice }: CurveAlarm): Said => ({ message: text, advice }),
  caseAdvice: (advice: CaseAdvice): Pick<CaseAdvice, 'sentence' | 'evidence'> => advice,
  /** Thirds of a picture, from the top and from the left. */
  places: [
    ['the upper left', 'the upper middle', 'the upper right'],
    ['the left', 'the middle', 'the right'],
    ['the lower left', 'the lower middle', 'the lower right'],
  ],
};
