import type { LayersModel, ModelLayer } from './layer';

/** [height, width, channels] or [units] of one example. */
export type LayerShape = readonly [number, number, number] | readonly [number];

/** The output shape of every layer, by name. */
export function layerShapes({ layers, inputShape }: LayersModel): ReadonlyMap<string, LayerShape> {
  const shapes = new Map<string, LayerShape>();
  for (const layer of layers)
    shapes.set(
      layer.name,
      layer.inbound.length === 0
        ? (inputShape.slice(1) as unknown as LayerShape)
        : shapeOf(
            layer,
            layer.inbound.map((name) => shapes.get(name)!),
          ),
    );
  return shapes;
}

function shapeOf(layer: ModelLayer, inputs: readonly LayerShape[]): LayerShape {
  const { className, config } = layer;
  const [first] = inputs as [LayerShape];
  switch (className) {
    case 'Dense':
      return [config.units as number];
    case 'GlobalAveragePooling2D':
      return [first.at(-1)!];
    case 'Conv2D':
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const [vertical, horizontal] = windows(layer, first);
      const channels = className === 'Conv2D' ? (config.filters as number) : first.at(-1)!;
      return [vertical.count, horizontal.count, channels];
    }
    case 'ZeroPadding2D': {
      const [rows, columns] = config.padding as [[number, number], [number, number]];
      const [height, width, channels] = first as [number, number, number];
      return [height + rows[0] + rows[1], width + columns[0] + columns[1], channels];
    }
    case 'Concatenate': {
      const [height, width] = first as [number, number, number];
      return [height, width, inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)];
    }
    default:
      return first;
  }
}

/** Windows along one side. */
export interface Windows {
  readonly size: number;
  readonly stride: number;
  readonly count: number;
  /** Pixels of padding before and after; the odd one is after, as TensorFlow's `same` has it. */
  readonly before: number;
  readonly after: number;
}

/** Those of a convolution or a pool over a map [height, width, channels], vertically and horizontally. */
export function windows({ config }: ModelLayer, map: LayerShape): readonly [Windows, Windows] {
  const sizes = (config.kernel_size ?? config.pool_size) as readonly [number, number];
  const strides = config.strides as readonly [number, number];
  const along = (axis: 0 | 1): Windows => {
    const [size, stride, length] = [sizes[axis], strides[axis], map[axis]!];
    if (config.padding !== 'same')
      return { size, stride, count: Math.floor((length - size) / stride) + 1, before: 0, after: 0 };
    const count = Math.ceil(length / stride);
    const pad = Math.max((count - 1) * stride + size - length, 0);
    return { size, stride, count, before: Math.floor(pad / 2), after: Math.ceil(pad / 2) };
  };
  return [along(0), along(1)];
}
