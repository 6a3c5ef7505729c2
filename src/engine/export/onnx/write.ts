import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Initializer } from './initializers';
import { GraphProtoSchema, ModelProtoSchema, TensorProtoSchema } from './onnx-pb';

export type ModelInit = Omit<MessageInitShape<typeof ModelProtoSchema>, 'graph' | '$typeName'>;
export type GraphInit = Omit<MessageInitShape<typeof GraphProtoSchema>, 'initializer' | '$typeName'>;

/**
 * An ONNX file in pieces. Protobuf puts the length of a message before it, so writers join the graph with all its
 * weights in memory several times over; here the lengths are known beforehand, and each weight is made when it is
 * its turn.
 */
export function* modelChunks(
  model: ModelInit,
  graph: GraphInit,
  initializers: readonly Initializer[],
): Generator<Uint8Array> {
  const tensors = initializers.map((initializer) => ({ initializer, opening: tensorOpening(initializer) }));
  const nodes = toBinary(GraphProtoSchema, create(GraphProtoSchema, graph));
  const graphBytes = tensors.reduce(
    (sum, { initializer, opening }) => sum + opening.length + initializer.bytes,
    nodes.length,
  );
  yield toBinary(ModelProtoSchema, create(ModelProtoSchema, model));
  yield delimiter(ModelProtoSchema.field.graph.number, graphBytes);
  yield nodes;
  for (const { initializer, opening } of tensors) {
    yield opening;
    const data = initializer.data();
    if (data.length !== initializer.bytes)
      throw new Error(`${initializer.name} has ${data.length} bytes instead of ${initializer.bytes}`);
    yield data;
  }
}

/** Everything of an initializer within its graph but the bytes of its values, which are to follow. */
function tensorOpening({ name, dims, dataType, bytes }: Initializer): Uint8Array {
  const tensor = create(TensorProtoSchema, { name, dims: dims.map(BigInt), dataType });
  const fields = toBinary(TensorProtoSchema, tensor);
  const values = delimiter(TensorProtoSchema.field.rawData.number, bytes);
  const length = fields.length + values.length + bytes;
  const outer = delimiter(GraphProtoSchema.field.initializer.number, length);
  return new BinaryWriter().raw(outer).raw(fields).raw(values).finish();
}

/** What stands before a field of `length` bytes. */
function delimiter(field: number, length: number): Uint8Array {
  return new BinaryWriter().tag(field, WireType.LengthDelimited).uint32(length).finish();
}
