import * as page from './en/page';
import * as data from './en/data';
import { units } from './en/units';

/** The source of every visible text; its type is what other languages have to have (`contract.ts`). */
export const en = { ...page, ...data, units };
