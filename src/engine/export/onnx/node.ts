import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as Type,
  TensorProto_DataType as DataType,
  type AttributeProtoSchema,
  type NodeProtoSchema,
  type ValueInfoProtoSchema,
} from './onnx-pb';

export type NodeInit = Exclude<MessageInitShape<typeof NodeProtoSchema>, { $typeName: string }>;
type AttributeInit = Exclude<MessageInitShape<typeof AttributeProtoSchema>, { $typeName: string }>;
export type ValueInit = Exclude<MessageInitShape<typeof ValueInfoProtoSchema>, { $typeName: string }>;

/** A node with one output, which gives the node its name. */
export function node(
  opType: string,
  output: string,
  input: readonly string[],
  attributes: Readonly<Record<string, number | readonly number[]>> = {},
): NodeInit {
  const attribute = Object.entries(attributes).map(([name, value]): AttributeInit =>
    typeof value === 'number'
      ? { name, type: Type.INT, i: BigInt(value) }
      : { name, type: Type.INTS, ints: value.map(BigInt) },
  );
  return { opType, name: output, input: [...input], output: [output], attribute };
}

/** An input or output of the graph; a name in `dims` is a dimension of any length. */
export function value(
  name: string,
  dims: readonly (number | string)[],
  docString: string,
  elemType = DataType.FLOAT,
): ValueInit {
  const dim = dims.map((length) => ({
    value:
      typeof length === 'string'
        ? { case: 'dimParam' as const, value: length }
        : { case: 'dimValue' as const, value: BigInt(length) },
  }));
  return { name, docString, type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } } };
}
