import { describe, expect, it } from 'vitest';
import { HeadwayError } from '../errors';
import { defaultRunRequest } from '../run';
import { validateTraining } from './options';

const { head, ...options } = defaultRunRequest;

describe('validateTraining', () => {
  it('takes the defaults', () => {
    validateTraining(head, options);
    validateTraining({ ...head, kind: 'exact', hidden: [] }, options);
    validateTraining({ ...head, hidden: [] }, { ...options, earlyStopping: { patience: 3 } });
  });

  const bad: [field: string, spec: object, options: object][] = [
    ['head.kind', { kind: 'tree' }, {}],
    ['head.hidden', { kind: 'exact', hidden: [512] }, {}],
    ['head.hidden', { hidden: [0] }, {}],
    ['head.hidden', { hidden: [1.5] }, {}],
    ['head.hidden', { hidden: 512 }, {}],
    ['head.dropout', { dropout: 1 }, {}],
    ['head.l2', { l2: NaN }, {}],
    ['optimizer', {}, { optimizer: 'lion' }],
    ['learningRate', {}, { learningRate: 0 }],
    ['learningRate', {}, { learningRate: '0.1' }],
    ['epochs', {}, { epochs: 0 }],
    ['batchSize', {}, { batchSize: Infinity }],
    ['classWeights', {}, { classWeights: null }],
    ['earlyStopping.patience', {}, { earlyStopping: { patience: 0 } }],
    ['earlyStopping.patience', {}, { earlyStopping: {} }],
    ['seed', {}, { seed: 0.5 }],
  ];
  it.each(bad)('refuses a wrong %s by name (%o %o)', (field, spec, changed) => {
    const attempt = () => validateTraining({ ...head, ...spec }, { ...options, ...changed });
    expect(attempt).toThrow(HeadwayError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'invalid-request' }));
    expect(attempt).toThrow(`${field} is out of range`);
  });
});
