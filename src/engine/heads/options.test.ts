import { describe, expect, it } from 'vitest';
import { HeadwayError } from '../errors';
import { defaultRunRequest } from '../run';
import { validateAugmentation, validateTraining } from './options';

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

describe('validateAugmentation', () => {
  const mild = { flip: true, crop: 0.2, colour: 0.2 };
  it('takes none, one, and copies of it', () => {
    validateAugmentation({});
    validateAugmentation({ augmentation: null, copies: 1 });
    validateAugmentation({ augmentation: mild });
    validateAugmentation({ augmentation: { flip: true, crop: 0, colour: 0 }, copies: 16 });
  });
  it.each([
    ['augmentation.flip', { augmentation: { ...mild, flip: 'yes' } }],
    ['augmentation.crop', { augmentation: { ...mild, crop: 0.6 } }],
    ['augmentation.colour', { augmentation: { flip: true, crop: 0 } }],
    ['copies', { augmentation: mild, copies: 17 }],
    ['copies', { augmentation: mild, copies: 1.5 }],
    ['copies', { copies: 2 }],
    ['copies', { augmentation: { flip: false, crop: 0, colour: 0 }, copies: 2 }],
  ])('refuses a wrong %s by name (%o)', (field, request) => {
    expect(() => validateAugmentation(request as never)).toThrow(`${field} is out of range`);
  });
});
