/** Belongs to the gallery's page: when a scene is drawn, and what it says, for the test of languages. */
import type { HeadwayApp } from '../../src/ui/headway-app';
import { steps } from '../../src/ui/steps';

const attributes = ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext', 'label', 'heading'];

const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** All elements, those of shadow trees too, with the element in whose tree they are. */
function* elements(root: ParentNode, host = ''): Generator<readonly [element: Element, host: string]> {
  for (const element of root.querySelectorAll('*')) {
    yield [element, host];
    if (element.shadowRoot) yield* elements(element.shadowRoot, element.localName);
  }
}

/** All that the page says now, to the eye or aloud. */
function look(texts: Set<string>): void {
  texts.add(document.title);
  for (const [element] of elements(document.body)) {
    if (element.matches('style, script, bdi, code, pre')) continue;
    for (const name of attributes) texts.add(element.getAttribute(name) ?? '');
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE) texts.add(node.textContent!.replace(/\s+/g, ' ').trim());
  }
}

/** Presses a button or fold of a kind that was not pressed before, in dialogs first; false: there is none left. */
function press(pressed: Set<string>): boolean {
  const fresh: { readonly element: HTMLElement; readonly kind: string }[] = [];
  for (const [element, host] of elements(document.body)) {
    if (!(element instanceof HTMLElement && element.matches('button, summary'))) continue;
    const kind = `${host} ${(element.getAttribute('aria-label') ?? element.textContent).replace(/[\d\s]+/g, '')}`;
    if (!pressed.has(kind) && element.checkVisibility()) fresh.push({ element, kind });
  }
  const next = fresh.find(({ element }) => element.closest('dialog')) ?? fresh[0];
  if (next === undefined) return false;
  pressed.add(next.kind);
  next.element.click();
  return true;
}

/** Steps are drawn one after the other; what panels ask for comes a little later. */
export async function drawn(app: HeadwayApp): Promise<void> {
  const isPartial = () =>
    app.session!.state.ready && app.renderRoot.querySelectorAll('step-section').length < steps.length;
  // Another scene may have taken its place.
  while (app.isConnected && isPartial()) await passed(5);
  await passed(50);
}

/**
 * What a scene that is drawn says, without the names that the user's data, runs and files have, and those of weights and licences.
 * @param presses whether all buttons are pressed, and what comes up read as well
 */
export async function shownTexts(app: HeadwayApp, presses: boolean): Promise<string[]> {
  const { state } = app.session!;
  const texts = new Set<string>();
  look(texts);
  const pressed = new Set<string>();
  while (presses && press(pressed)) {
    await passed(5);
    look(texts);
  }
  const names = [
    ...state.dataset.classes.map(({ label }) => label),
    ...Object.values(state.notes).map(({ name }) => name ?? ''),
    ...Object.values(state.ownWeights ?? {}).map(({ name }) => name),
    ...[...Object.values(state.estimates), ...state.results].flatMap(({ weights }) => [
      weights.source,
      weights.licence,
    ]),
  ];
  const known = [...new Set(names)].filter(Boolean).sort((a, b) => b.length - a.length);
  const escaped = known.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(`(?<!\\p{L})(${escaped.join('|')})(?!\\p{L})`, 'gu');
  return [...texts].map((text) => (known.length === 0 ? text : text.replace(pattern, ' ')));
}
