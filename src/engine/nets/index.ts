import type { Net } from './graph';
import { resnet50 } from './resnet50';

/** The registry: a new net is one file and one line here. */
export const nets = { resnet50 } satisfies Record<string, Net>;

export type BaseId = keyof typeof nets;

export const baseIds = Object.keys(nets) as BaseId[];
