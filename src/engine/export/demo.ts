import { strToU8 } from 'fflate';
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import resize from '../data/resize.ts?js';
import { HeadwayError } from '../errors';
import demoCss from './demo/demo.css?raw';
import demoJs from './demo/demo.js?raw';
import demoWords from './demo/words.js?raw';
import indexHtml from './demo/index.html?raw';
import type { LayersModel } from './layer';
import type { ExportModel, ExportOptions, PackageFile } from './model';
import pictureMjs from './scripts/picture.mjs?raw';
import { tfjsModel, weightByteLength, weightBytes } from './tfjs';
import { isCutEarly, trainedFurther } from './trained-further';

/** Bytes of weights in one script; a multiple of three, so that base64 ends where the script does. */
const scriptBytes = 6 * 2 ** 20;
/** Bytes that are encoded in one go, a multiple of three: each chunk costs a turn, a message and a write to disk. */
const base64Bytes = 3 * 2 ** 18;

/**
 * A page that opens by a double click, from a folder, without a network. Such a page may load nothing but scripts and
 * styles: so weights and WebAssembly are base64 in scripts.
 */
export async function demoFiles(
  model: ExportModel,
  layers: LayersModel,
  options: ExportOptions,
): Promise<PackageFile[]> {
  const [tf, tfWasm, wasm] = await Promise.all([
    import('@tensorflow/tfjs/dist/tf.es2017.min.js?raw'),
    import('@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.es2017.min.js?raw'),
    download(wasmUrl),
  ]);
  const { net, run, input } = model;
  const count = Math.ceil(weightByteLength(layers, options.weights) / scriptBytes);
  const weightScripts = Array.from({ length: count }, (_, i) => `demo/weights-${i + 1}.js`);
  const expects = options.preprocessing === 'inside' ? 'rgb' : 'preprocessed';
  const described = {
    ...tfjsModel(layers, options.weights, model.appVersion),
    weightScripts,
    classes: run.classes,
    input: { ...input, expects, preprocessing: net.preprocessing },
    about: about(model),
  };
  const file = (name: string, content: string): PackageFile => ({
    name,
    chunks: [strToU8(content)],
    deflate: true,
  });
  const pieces = regrouped(weightBytes(layers, options.weights), scriptBytes);
  return [
    file('index.html', indexHtml),
    file('demo/demo.css', demoCss),
    file('demo/demo.js', [resize, pictureMjs].map(classic).join('\n') + demoWords + demoJs),
    file('demo/tf.js', tf.default),
    file('demo/tf-wasm.js', tfWasm.default),
    { name: 'demo/wasm.js', chunks: call('wasm', wasm), deflate: 'fast' },
    file('demo/model.js', `headway.model(${scriptJson(described)});\n`),
    ...weightScripts.map((name): PackageFile => ({
      name,
      chunks: (function* () {
        const piece = pieces.next();
        if (!piece.done) yield* call('weights', piece.value);
      })(),
      deflate: 'fast',
    })),
  ];
}

/** What the page's words are to say of the model. */
function about({ net, run, cut }: ExportModel) {
  const further = trainedFurther(run, null);
  return {
    base: net.title,
    trainedAbove: further?.unchangedUpTo ?? null,
    cut: isCutEarly(run) ? cut : null,
  };
}

/** A module's text as that of a script, which has neither imports nor exports. */
function classic(module: string): string {
  return module.replace(/^import .*$/gm, '').replace(/^export /gm, '');
}

/** JSON that no HTML parser would stumble over, wherever it is put. */
function scriptJson(value: object): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `headway.<name>("<base64>")` */
function* call(name: string, data: Uint8Array): Generator<Uint8Array> {
  yield strToU8(`headway.${name}("`);
  for (let i = 0; i < data.length; i += base64Bytes)
    yield strToU8(base64(data.subarray(i, i + base64Bytes)), true);
  yield strToU8('");\n');
}

/** `data` may have any length; what is called with a multiple of three can be joined. */
function base64(data: Uint8Array): string {
  // Few enough arguments for a call.
  const step = 0x6000;
  let text = '';
  for (let i = 0; i < data.length; i += step)
    text += btoa(String.fromCharCode(...data.subarray(i, i + step)));
  return text;
}

/** The same bytes in pieces of `length`, the last one shorter; one piece in memory at a time. */
function* regrouped(chunks: Iterable<Uint8Array>, length: number): Generator<Uint8Array> {
  let piece = new Uint8Array(length);
  let filled = 0;
  for (const chunk of chunks)
    for (let start = 0; start < chunk.length;) {
      const part = chunk.subarray(start, start + length - filled);
      piece.set(part, filled);
      start += part.length;
      filled += part.length;
      if (filled < length) continue;
      yield piece;
      piece = new Uint8Array(length);
      filled = 0;
    }
  if (filled > 0) yield piece.subarray(0, filled);
}

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url).catch(() => null);
  if (response?.ok) return new Uint8Array(await response.arrayBuffer());
  throw new HeadwayError({
    code: 'internal',
    message: 'A part of Headway that belongs into the demo page could not be loaded.',
    advice: 'Connect to the server that this page came from, reload, and export again.',
    details: `${url}: ${response?.status ?? 'no answer'}`,
    why: { code: 'demo-part' },
  });
}
