/** Every state of the screen without a machine behind it: `npx vite`, then /e2e/gallery/?state=running */
import '../../src/ui/headway-app';
import { startLanguage } from '../../src/ui/language';
import { FakeSession } from './fake-session';
import { scenes, type SceneName } from './scenes';

const asked = new URLSearchParams(location.search).get('state') ?? 'empty';
const name = (asked in scenes ? asked : 'empty') as SceneName;
if (name.startsWith('replay')) location.hash = '#replay';
await startLanguage();
document.querySelector('headway-app')!.session = new FakeSession(scenes[name]());
