import type { NamedTensor, NamedTensors } from './tensors';

/**
 * Which layer of a weight file is which convolution of a net. Files of the same network differ in how they spell
 * their layers; each scheme below is one spelling.
 */

/** The vectors and the kernel of one layer, by role. */
export type Role = 'kernel' | 'bias' | 'gamma' | 'beta' | 'moving_mean' | 'moving_variance';
export type Layer = ReadonlyMap<Role, NamedTensor>;

/** Names in the file of one convolution and of its batch normalisation. */
export interface LayerNames {
  readonly conv: string;
  readonly batchNorm: string;
}

/** Keras 1 wrote `block1_conv1_W_1:0`, later versions `block1_conv1/kernel:0`. */
const oldRoles: Readonly<Record<string, Role>> = { W: 'kernel', b: 'bias' };
const roles = new Set<string>(['kernel', 'bias', 'gamma', 'beta', 'moving_mean', 'moving_variance']);

/** The tensors of a file by layer, in the file's order; tensors that are no layer's weights are left out. */
export function layersOf(tensors: NamedTensors): Map<string, Layer> {
  const layers = new Map<string, Map<Role, NamedTensor>>();
  for (const [name, tensor] of tensors) {
    const parts = name.replace(/:\d+$/, '').split('/');
    const last = parts.at(-1)!;
    const old = /^(.+)_([Wb])(?:_\d+)?$/.exec(last);
    const [layer, role] =
      old !== null && !roles.has(last) ? [old[1]!, oldRoles[old[2]!]!] : [parts.at(-2) ?? '', last as Role];
    if (!roles.has(role)) continue;
    const entry = layers.get(layer) ?? new Map<Role, NamedTensor>();
    layers.set(layer, entry.set(role, tensor));
  }
  return layers;
}

/** The four branches of a block, as the first Keras release of ResNet50 called them. */
const branches = ['branch1', 'branch2a', 'branch2b', 'branch2c'];

/** `conv2_block1_1_conv` → `res2a_branch2a`, `bn2a_branch2a`; null for a node of another net. */
function oldResNet(node: string): LayerNames | null {
  if (node === 'conv1_conv') return { conv: 'conv1', batchNorm: 'bn_conv1' };
  const match = /^conv(\d)_block(\d)_(\d)_conv$/.exec(node);
  if (match === null) return null;
  const [, stage, block, index] = match;
  const tail = `${stage}${'abcdef'[Number(block) - 1]}_${branches[Number(index)]}`;
  return { conv: `res${tail}`, batchNorm: `bn${tail}` };
}

/**
 * Keras' own names: the node's, and the same with `bn` for `conv` at its end; null for names that Keras only numbered,
 * since where the numbers begin differs from file to file.
 */
const keras = (node: string): LayerNames | null =>
  /^conv2d(_\d+)?$/.test(node) ? null : { conv: node, batchNorm: node.replace(/_conv$/, '_bn') };

/**
 * The layers of every convolution in `nodes`, in their order; null if no scheme finds them all. Tried by name, then
 * by the numbers that Keras gives to unnamed layers as they are made (`conv2d`, `conv2d_1`, … also when a session
 * had made others before), and last by the order of the file, where there is exactly one kernel a node.
 */
export function matchLayers(
  nodes: readonly string[],
  layers: ReadonlyMap<string, Layer>,
): LayerNames[] | null {
  for (const scheme of [keras, oldResNet]) {
    const names = nodes.map(scheme);
    if (names.every((name) => name !== null && layers.has(name.conv))) return names as LayerNames[];
  }
  const convs = [...layers]
    .filter(([, layer]) => layer.get('kernel')?.shape.length === 4)
    .map(([name]) => name);
  const norms = [...layers].filter(([, layer]) => layer.has('moving_variance')).map(([name]) => name);
  if (convs.length !== nodes.length || (norms.length > 0 && norms.length !== nodes.length)) return null;
  const ordered = byNumber(convs);
  const orderedNorms = byNumber(norms);
  return nodes.map((_, i) => ({ conv: ordered[i]!, batchNorm: orderedNorms[i] ?? '' }));
}

/** Sorts `conv2d_9` before `conv2d_10`; names that do not all count the same word keep their order. */
function byNumber(names: readonly string[]): readonly string[] {
  const parsed = names.map((name) => /^(.*?)(?:_(\d+))?$/.exec(name)!);
  if (new Set(parsed.map(([, stem]) => stem)).size > 1) return names;
  return parsed
    .map(([name, , number]) => ({ name, number: Number(number ?? 0) }))
    .sort((a, b) => a.number - b.number)
    .map(({ name }) => name);
}
