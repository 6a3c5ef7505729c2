import { LitElement } from 'lit';
import { languages, setLanguage, type Language } from './words';

const storageKey = 'headway/language';

const isLanguage = (text: string | null): text is Language => text !== null && Object.hasOwn(languages, text);
/** `es` of `es-MX`. */
const languageOf = (tag: string): string => tag.toLowerCase().split('-')[0]!;

/** The first of the user's languages that the page speaks; English where there is none. */
export function preferred(wanted: readonly string[]): Language {
  return wanted.map(languageOf).find(isLanguage) ?? 'en';
}

/** The language chosen on an earlier visit, else the browser's. */
export function startLanguage(): Promise<void> {
  const chosen = remembered();
  return speak(isLanguage(chosen) ? chosen : preferred(navigator.languages));
}

/**
 * Speaks another language from now on, and on later visits.
 * @throws TypeError where it cannot be fetched; the one before stays.
 */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage is forbidden: it holds for this visit.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

async function speak(language: Language): Promise<void> {
  await setLanguage(
    language,
    navigator.languages.find((tag) => languageOf(tag) === language),
  );
  document.documentElement.lang = language;
  redraw(document);
}

/** Every element draws itself anew, those in shadow trees too; what they hold stays as it is. */
function redraw(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof LitElement) element.requestUpdate();
    if (element.shadowRoot) redraw(element.shadowRoot);
  }
}
