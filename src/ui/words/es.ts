import type { Words } from './contract';
import * as page from './es/page';
import * as bases from './es/bases';
import * as comparison from './es/comparison';
import * as data from './es/data';
import { engine } from './es/engine';
import * as evaluation from './es/evaluation';
import * as guide from './es/guide';
import { report } from './es/report';
import * as runs from './es/runs';
import * as use from './es/use';
import * as storage from './es/storage';
import { units } from './es/units';

/** Spanish. It speaks to the reader as “usted”, or impersonally. */
export const es: Words = {
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
