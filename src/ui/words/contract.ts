import type { TemplateResult } from 'lit';
import type { en } from './en';

/** The shape of English with any text in it: a language that lacks a text, or has one too many, does not compile. */
type Shape<T> = T extends string
  ? string
  : T extends TemplateResult
    ? TemplateResult
    : T extends (...values: infer Values) => string
      ? (...values: Values) => string
      : T extends (...values: never) => unknown
        ? T
        : { readonly [Key in keyof T]: Shape<T[Key]> };

export type Words = Shape<typeof en>;
