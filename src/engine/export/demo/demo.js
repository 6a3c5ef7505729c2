/* global document, languages, requestAnimationFrame, tf, pictureInput */
/**
 * The demo page. A page opened from a folder may load scripts and nothing else, so the weights are scripts, too: each
 * calls `headway.weights`. Labels are only ever set as text.
 */
const shownClasses = 5;
const element = (id) => document.getElementById(id);
/** What the scripts say. */
const received = { model: null, weights: null, wasm: null };
globalThis.headway = {
  model: (model) => (received.model = model),
  weights: (text) => (received.weights = text),
  wasm: (text) => (received.wasm = text),
};
let predict = null;
let stream = null;
const language = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in languages) ?? 'en';
const words = languages[language];
speak();

start().catch(fail);

async function start() {
  await script('demo/model.js');
  const { classes, about, weightScripts } = received.model;
  element('about').textContent = words.about({ ...about, classes: classes.length });
  const parts = [];
  for (const [i, name] of weightScripts.entries()) {
    await script(name);
    parts.push(bytesOf(received.weights));
    received.weights = null;
    element('progress').value = (i + 1) / weightScripts.length;
  }
  await startBackend();
  const { modelTopology, weightsManifest, input } = received.model;
  const weightData = await new Blob(parts).arrayBuffer();
  const artifacts = { modelTopology, weightSpecs: weightsManifest[0].weights, weightData };
  const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  predict = async (picture) => {
    const begin = performance.now();
    const x = tf.tensor(await pictureInput(picture, input), [1, input.size, input.size, 3]);
    const output = model.predict(x);
    const probabilities = Array.from(await output.data());
    tf.dispose([x, output]);
    return { ranked: rank(classes, probabilities), ms: performance.now() - begin };
  };
  // The first run compiles, and takes several times as long as others.
  tf.dispose(model.predict(tf.zeros([1, input.size, input.size, 3])));
  element('loading').hidden = true;
  element('ask').hidden = false;
  listen();
}

function speak() {
  document.documentElement.lang = language;
  document.title = words.title;
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = words[node.dataset.text];
  for (const node of document.querySelectorAll('[data-label]'))
    node.setAttribute(node.localName === 'img' ? 'alt' : 'aria-label', words[node.dataset.label]);
}

function script(source) {
  return new Promise((resolve, reject) => {
    const node = document.createElement('script');
    node.src = source;
    node.onload = resolve;
    node.onerror = () => reject(new Error(words.missing(source)));
    document.head.append(node);
    node.remove();
  });
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** A real GPU by WebGL; else WebAssembly, which is faster than a GPU in software; else plain JavaScript. */
async function startBackend() {
  // Half precision on some phones would round features.
  if (
    hasGpu() &&
    (await tf.setBackend('webgl').catch(() => false)) &&
    tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')
  )
    return;
  await script('demo/wasm.js');
  const file = new Blob([bytesOf(received.wasm)], { type: 'application/wasm' });
  const url = URL.createObjectURL(file);
  // All three have to be named; browsers of today take the one with vector instructions.
  const names = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);
  tf.wasm.setWasmPaths(Object.fromEntries(names.map((name) => [name, url])));
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (await tf.setBackend('wasm').catch(() => false)) return;
  await tf.setBackend('cpu');
}

function hasGpu() {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (gl === null) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !/swiftshader|llvmpipe|softpipe|lavapipe|basic render|software|\bwarp\b/i.test(name);
}

function rank(classes, probabilities) {
  return classes
    .map((label, i) => ({ label, probability: probabilities[i] }))
    .sort((a, b) => b.probability - a.probability);
}

function listen() {
  const stage = document.documentElement;
  stage.addEventListener('dragover', (event) => {
    event.preventDefault();
    element('stage').classList.add('over');
  });
  stage.addEventListener('dragleave', () => element('stage').classList.remove('over'));
  stage.addEventListener('drop', (event) => {
    event.preventDefault();
    element('stage').classList.remove('over');
    show(event.dataTransfer.files[0]);
  });
  document.addEventListener('paste', (event) => show(event.clipboardData.files[0]));
  element('file').addEventListener('change', ({ target }) => {
    show(target.files[0]);
    target.value = '';
  });
  element('webcam').addEventListener('click', () => (stream === null ? film().catch(fail) : stopFilming()));
}

async function show(file) {
  if (!file) return;
  stopFilming();
  element('error').textContent = '';
  const picture = element('picture');
  if (picture.src) URL.revokeObjectURL(picture.src);
  picture.src = URL.createObjectURL(file);
  try {
    const answer = await predict(file);
    picture.hidden = false;
    tell(answer);
    const [{ label, probability }] = answer.ranked;
    element('best').textContent = `${label}, ${percent(probability)}`;
  } catch (error) {
    picture.hidden = true;
    element('answer').hidden = true;
    element('error').textContent = error.name === 'InvalidStateError' ? words.unreadable : String(error);
  }
}

async function film() {
  element('error').textContent = '';
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch (error) {
    throw new Error(words.filmReasons[error.name] ?? words.filmFailed(error.name), { cause: error });
  }
  const video = element('video');
  video.srcObject = stream;
  await video.play();
  element('picture').hidden = true;
  video.hidden = false;
  element('best').textContent = '';
  element('webcam').textContent = words.stopFilming;
  const mine = stream;
  while (stream === mine) {
    const answer = await predict(video);
    if (stream === mine) tell(answer);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function stopFilming() {
  if (stream === null) return;
  for (const track of stream.getTracks()) track.stop();
  stream = null;
  element('video').srcObject = null;
  element('video').hidden = true;
  element('webcam').textContent = words.film;
}

function tell({ ranked, ms }) {
  element('answer').hidden = false;
  const rows = ranked.slice(0, shownClasses).map(({ label, probability }) => {
    const row = document.createElement('li');
    const part = (name, text = '') => {
      const node = document.createElement('div');
      node.className = name;
      node.textContent = text;
      row.append(node);
      return node;
    };
    part('label', label);
    part('percent', percent(probability));
    const fill = document.createElement('div');
    fill.style.width = `${100 * probability}%`;
    part('bar').append(fill);
    return row;
  });
  element('classes').replaceChildren(...rows);
  const time = words.time(Math.round(ms), words.backends[tf.getBackend()]);
  const more = ranked.length - rows.length;
  element('time').textContent = more > 0 ? `${words.more(more)} ${time}` : time;
}

function percent(probability) {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, { style: 'percent', ...digits }).format(probability);
}

function fail(error) {
  element('loading').hidden = true;
  stopFilming();
  element('error').textContent = error instanceof Error ? error.message : String(error);
}
