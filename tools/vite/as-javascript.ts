import { readFile } from 'node:fs/promises';
import { transformWithOxc, type Plugin } from 'vite';

/**
 * `import code from './resize.ts?js'`: a module as the text of plain JavaScript, for packages that users take away, so
 * that what runs there is what runs here. For modules that import nothing but types.
 */
export function asJavascript(): Plugin {
  return {
    name: 'headway:as-javascript',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('.ts?js')) return null;
      const file = id.slice(0, -'?js'.length);
      this.addWatchFile(file);
      const { code } = await transformWithOxc(await readFile(file, 'utf8'), file, { sourcemap: false });
      if (/^import\b/m.test(code)) throw new Error(`${file} imports more than types`);
      return { code: `export default ${JSON.stringify(code)};`, moduleType: 'js' };
    },
  };
}
