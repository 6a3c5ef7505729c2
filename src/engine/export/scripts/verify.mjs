/**
 * Does this copy predict what Headway predicted? Checks every file, the resize, the preprocessing and the model.
 *
 *     npm install {npm}
 *     node verify.mjs
 *
 * The expected numbers are in certificate/certificate.json. Ends with status 0 if all agree, else 1. Node 20 or newer.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import { modelInput } from './picture.mjs';
import { toSquare } from './resize.mjs';

const { load } = await import('./model.mjs').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('Something is missing. First: npm install {npm}');
  process.exit(2);
});

const folder = new URL('./', import.meta.url);
const bytes = (name) => readFile(new URL(name, folder));
const json = async (name) => JSON.parse(await readFile(new URL(name, folder), 'utf8'));
const digest = (data) => createHash('sha256').update(data).digest('hex');
let failures = 0;

function check(ok, what) {
  if (!ok) failures++;
  console.log(ok ? 'ok      ' : 'DIFFERS ', what);
}

function checkNumbers(what, actual, expected, tolerance) {
  let worst = actual.length === expected.length ? 0 : Infinity;
  // Written so that a NaN counts as apart.
  expected.forEach(
    (value, i) => (worst = Math.abs(actual[i] - value) <= worst ? worst : Math.abs(actual[i] - value)),
  );
  check(
    worst <= tolerance,
    `${what}: ${worst.toExponential(1)} apart at most, ${tolerance.toExponential(1)} allowed`,
  );
}

const { input: spec, files } = await json('metadata.json');
const { tests, tolerance } = await json('certificate/certificate.json');
for (const [name, { sha256 }] of Object.entries(files)) check(digest(await bytes(name)) === sha256, name);

const inputs = [];
for (const { picture, square, squareSha256, inputSha256 } of tests.filter((test) => test.picture)) {
  const { data, width, height } = decodePng(await bytes(picture));
  const made = toSquare(data, width, height, spec);
  check(digest(made) === squareSha256, `${picture} resized to the bit`);
  check(digest(rgb(decodePng(await bytes(square)).data)) === squareSha256, square);
  const input = modelInput(made, spec);
  check(digest(new Uint8Array(input.buffer)) === inputSha256, `${picture} preprocessed`);
  inputs.push(input);
}

const features = tests.flatMap((test) => test.features);
const predict = await load(folder);
if (predict === null)
  console.log('        The model itself is checked by verify.py: JavaScript cannot open it.');
else {
  const n = tests.length;
  const found =
    spec.expects === 'features'
      ? await predict(Float32Array.from(features), n)
      : await predict(Float32Array.from(inputs.flatMap((input) => Array.from(input))), n, spec.size);
  const largest = features.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (found.features) checkNumbers('features', found.features, features, tolerance.features * largest);
  const expected = tests.flatMap((test) => test.probabilities);
  checkNumbers('probabilities', found.probabilities, expected, tolerance.probabilities);
}
console.log(failures === 0 ? 'This copy predicts what Headway predicted.' : `${failures} differences.`);
process.exitCode = failures === 0 ? 0 : 1;

function rgb(rgba) {
  return Uint8Array.from({ length: (rgba.length / 4) * 3 }, (_, i) => rgba[Math.floor(i / 3) * 4 + (i % 3)]);
}

/** RGBA of a PNG of 8-bit RGB without interlacing, which is what the certificate's pictures are. */
function decodePng(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const lines = inflateSync(Buffer.concat(parts));
  const row = 3 * width;
  const data = new Uint8Array(4 * width * height).fill(255);
  let above = new Uint8Array(row);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (row + 1)];
    const line = lines.subarray(y * (row + 1) + 1, (y + 1) * (row + 1));
    for (let i = 0; i < row; i++) {
      const [a, b, c] = [i < 3 ? 0 : line[i - 3], above[i], i < 3 ? 0 : above[i - 3]];
      line[i] += [0, a, b, (a + b) >> 1, filter === 4 ? paeth(a, b, c) : 0][filter];
      data[4 * (y * width + Math.floor(i / 3)) + (i % 3)] = line[i];
    }
    above = line;
  }
  return { data, width, height };
}

function paeth(a, b, c) {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}
