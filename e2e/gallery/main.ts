/** Every state of the screen without a machine behind it: `npx vite`, then /e2e/gallery/?state=running */
import '../../src/ui/headway-app';
import { startLanguage } from '../../src/ui/language';
import { FakeSession } from './fake-session';
import { scenes, type SceneName } from './scenes';
import { drawn, shownTexts } from './shown-texts';

/**
 * In an element of its own, so that nothing is left of the scene before: tests show many in one page.
 * @returns when all of it is on the page
 */
function show(asked: string): Promise<void> {
  const name = (asked in scenes ? asked : 'empty') as SceneName;
  const isReplay = name.startsWith('replay');
  if (isReplay || location.hash === '#replay') location.hash = isReplay ? '#replay' : '';
  const app = document.createElement('headway-app');
  app.session = new FakeSession(scenes[name]());
  document.querySelector('headway-app')!.replaceWith(app);
  return drawn(app);
}

await startLanguage();
const gallery = {
  show,
  said: async (name: string, presses: boolean) => {
    await show(name);
    return shownTexts(document.querySelector('headway-app')!, presses);
  },
};
export type Gallery = typeof gallery;
Object.assign(globalThis, { gallery });
await show(new URLSearchParams(location.search).get('state') ?? 'empty');
