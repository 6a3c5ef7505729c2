import * as page from './en/page';
import * as bases from './en/bases';
import * as comparison from './en/comparison';
import * as data from './en/data';
import { engine } from './en/engine';
import * as evaluation from './en/evaluation';
import * as guide from './en/guide';
import { report } from './en/report';
import * as runs from './en/runs';
import * as use from './en/use';
import * as storage from './en/storage';
import { units } from './en/units';

/** The source of every visible text; its type is what other languages have to have (`contract.ts`). */
export const en = {
  ...page,
  ...bases,
  ...comparison,
  ...data,
  engine,
  ...evaluation,
  ...guide,
  report,
  ...runs,
  ...storage,
  ...use,
  units,
};
