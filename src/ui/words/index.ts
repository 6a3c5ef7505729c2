import type { Words } from './contract';
import { en } from './en';
import { setLocale } from './numbers';

/** In their own names, as somebody looks for them who reads no other. */
export const languages = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof languages;

/** English is in the page, for it is what the others fall back on; another is fetched when it is wanted. */
const load: Record<Language, () => Promise<Words>> = {
  en: () => Promise.resolve(en),
  es: async () => (await import('./es')).es,
};

export let language: Language = 'en';
/** All visible text, in the current language: a live binding, so it is read when a text is drawn and never kept. */
export let words: Words = en;

/**
 * @param locale BCP 47, of that language: how numbers and dates are written.
 * @throws TypeError where the language cannot be fetched; the one before stays.
 */
export async function setLanguage(next: Language, locale: string = next): Promise<void> {
  words = await load[next]();
  language = next;
  setLocale(locale);
}
