import type { Net } from './graph';
import { inceptionV3 } from './inception-v3';
import { resnet50 } from './resnet50';
import { vgg16 } from './vgg16';

/** The registry, in the article's order: a new net is one file and one line here. */
export const nets = { 'inception-v3': inceptionV3, vgg16, resnet50 } satisfies Record<string, Net>;

export type BaseId = keyof typeof nets;

export const baseIds = Object.keys(nets) as BaseId[];
