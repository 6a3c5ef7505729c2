import { strToU8 } from 'fflate';
import resize from '../data/resize.ts?js';
import type { FormatParts, PackageFile } from './model';
import pictureMjs from './scripts/picture.mjs?raw';
import picturePy from './scripts/picture.py?raw';
import verifyMjs from './scripts/verify.mjs?raw';
import verifyPy from './scripts/verify.py?raw';

const noModel =
  '/** JavaScript cannot open this format. */\nexport const load = () => Promise.resolve(null);\n';

/** What is to be installed for a package's scripts. */
export function installs({ requirements }: Pick<FormatParts, 'requirements'>): { pip: string; npm: string } {
  return {
    pip: ['numpy', 'pillow', ...requirements.pip].join(' '),
    npm: requirements.npm.join(' '),
  };
}

/** From a picture to the model's input, and the check against the certificate, in Python and in JavaScript. */
export function scriptFiles(parts: FormatParts): PackageFile[] {
  const { pip, npm } = installs(parts);
  const file = (name: string, text: string): PackageFile => ({
    name,
    chunks: [strToU8(text)],
    deflate: true,
  });
  const npmLine = npm === '' ? '' : ` *     npm install ${npm}\n`;
  return [
    file('picture.py', picturePy),
    file('verify.py', verifyPy.replaceAll('numpy pillow {pip}', pip)),
    ...(parts.python === null ? [] : [file('model.py', parts.python)]),
    file('resize.mjs', resize),
    file('picture.mjs', pictureMjs),
    file('verify.mjs', verifyMjs.replace(' *     npm install {npm}\n', npmLine).replace('{npm}', npm)),
    file('model.mjs', parts.javascript ?? noModel),
  ];
}
