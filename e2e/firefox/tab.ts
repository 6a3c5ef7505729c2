import { expect } from '@playwright/test';
import type {} from '../../src/main';
import type { Firefox } from './bidi.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface Called {
  readonly type: 'success' | 'exception';
  readonly result: { readonly value?: unknown; readonly sharedId?: string };
  readonly exceptionDetails?: { readonly text: string };
}

/** Finds the first element, through all shadow roots, of which a text or label is what is asked for. Runs in the page. */
const finder = `(selector, name) => {
  const roots = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (!element.matches(selector)) continue;
      const label = element.labels?.[0]?.textContent ?? element.textContent;
      const said = (element.getAttribute('aria-label') ?? label).replace(/\\s+/g, ' ').trim();
      if (said.startsWith(name) && (element.checkVisibility() || element.type === 'file')) return element;
    }
  return null;
}`;

/** A tab of Firefox. */
export class Tab {
  private constructor(
    readonly firefox: Firefox,
    readonly context: string,
  ) {}

  static async open(firefox: Firefox): Promise<Tab> {
    const { context } = await firefox.ask('browsingContext.create', { type: 'tab' });
    return new Tab(firefox, context as string);
  }

  close(): Promise<unknown> {
    return this.firefox.ask('browsingContext.close', { context: this.context });
  }

  /** Runs a function first in every page that is opened here. */
  async beforeAnyPage(work: () => void): Promise<void> {
    const functionDeclaration = String(work);
    await this.firefox.ask('script.addPreloadScript', { functionDeclaration, contexts: [this.context] });
  }

  async goto(url: string): Promise<void> {
    await this.firefox.ask('browsingContext.navigate', { context: this.context, url, wait: 'complete' });
  }

  async reload(): Promise<void> {
    await this.firefox.ask('browsingContext.reload', { context: this.context, wait: 'complete' });
  }

  async resize(width: number, height: number): Promise<void> {
    const viewport = { width, height };
    await this.firefox.ask('browsingContext.setViewport', { context: this.context, viewport });
  }

  /** A PNG of the whole page. */
  async picture(): Promise<Buffer> {
    const { data } = await this.firefox.ask('browsingContext.captureScreenshot', {
      context: this.context,
      origin: 'document',
    });
    return Buffer.from(data as string, 'base64');
  }

  /** Runs a function, or a script, in the page; what goes in and comes out is JSON. */
  evaluate(script: string): Promise<unknown>;
  evaluate<T, const A extends Json = null>(work: (argument: A) => T | Promise<T>, argument?: A): Promise<T>;
  async evaluate<T>(work: string | ((argument: never) => T | Promise<T>), argument?: Json): Promise<unknown> {
    if (typeof work === 'string') return (await this.#call(`() => { ${work} }`, [])).value;
    const { value } = await this.#call(
      `async (text) => JSON.stringify(await (${String(work)})(JSON.parse(text)) ?? null)`,
      [JSON.stringify(argument ?? null)],
    );
    return JSON.parse(value as string) as T;
  }

  async until<const A extends Json = null>(
    condition: (argument: A) => unknown,
    argument?: A,
    timeout = 15_000,
  ): Promise<void> {
    await expect
      .poll(async () => Boolean(await this.evaluate(condition, argument)), { timeout, intervals: [200] })
      .toBe(true);
  }

  /** Waits for the element that is named so, and returns what other commands know it by. */
  async find(selector: string, name: string): Promise<string> {
    let id: string | undefined;
    await expect
      .poll(async () => (id = (await this.#call(finder, [selector, name])).sharedId), {
        message: `${selector} “${name}”`,
      })
      .toBeDefined();
    return id!;
  }

  async setFiles(name: string, files: readonly string[]): Promise<void> {
    const sharedId = await this.find('input[type=file]', name);
    await this.firefox.ask('input.setFiles', { context: this.context, element: { sharedId }, files });
  }

  /** With the mouse, where it is. */
  async click(selector: string, name: string): Promise<void> {
    const sharedId = await this.find(selector, name);
    await this.#call('(element) => element.scrollIntoView({ block: "center" })', [{ sharedId }]);
    const origin = { type: 'element', element: { sharedId } };
    await this.#act('pointer', [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]);
  }

  /** In the place of what an input holds. */
  async type(name: string, text: string): Promise<void> {
    await this.click('input', name);
    const key = (value: string) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ];
    const control = '\uE009';
    await this.#act('key', [
      { type: 'keyDown', value: control },
      ...key('a'),
      { type: 'keyUp', value: control },
      ...Array.from(text).flatMap(key),
      // Tab: the input is left.
      ...key('\uE004'),
    ]);
  }

  async #act(type: 'pointer' | 'key', actions: readonly object[]): Promise<void> {
    const source = { type, id: type, actions };
    await this.firefox.ask('input.performActions', { context: this.context, actions: [source] });
  }

  async #call(
    functionDeclaration: string,
    values: readonly (string | { readonly sharedId: string })[],
  ): Promise<Called['result']> {
    const called = (await this.firefox.ask('script.callFunction', {
      functionDeclaration,
      arguments: values.map((value) => (typeof value === 'string' ? { type: 'string', value } : value)),
      target: { context: this.context },
      awaitPromise: true,
      // As after a click: what the page may do with it only.
      userActivation: true,
    })) as unknown as Called;
    if (called.type === 'exception') throw new Error(called.exceptionDetails!.text);
    return called.result;
  }
}
