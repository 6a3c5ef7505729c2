import type { LayersModel, ModelLayer } from './layer';

/**
 * The layers in the order that a functional model of Keras has them once it is loaded, whatever the order in the file:
 * those farthest from the output first, and of equals the one first met on the way back from the output. Keras finds
 * weights by it: `.keras` numbers the layers of a class, and `.h5` lists them (keras/src/ops/function.py, `map_graph`).
 */
export function kerasOrder({ layers, output }: LayersModel): ModelLayer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const met = new Map<ModelLayer, number>();
  const finished: ModelLayer[] = [];
  const visit = (layer: ModelLayer) => {
    if (met.has(layer)) return;
    met.set(layer, met.size);
    for (const name of layer.inbound) visit(byName.get(name)!);
    finished.push(layer);
  };
  visit(byName.get(output)!);
  const depths = new Map<ModelLayer, number>();
  for (const layer of finished.toReversed()) {
    const depth = depths.get(layer) ?? 0;
    depths.set(layer, depth);
    for (const name of layer.inbound) {
      const before = byName.get(name)!;
      depths.set(before, Math.max(depth + 1, depths.get(before) ?? 0));
    }
  }
  return finished.sort((a, b) => depths.get(b)! - depths.get(a)! || met.get(a)! - met.get(b)!);
}
