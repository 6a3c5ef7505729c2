import { describe, expect, it } from 'vitest';
import { articleCurves } from '../article/histories';
import { curveAlarm, epochsAhead } from './curve-alarm';

describe('the curve alarm', () => {
  it('counts the article’s epochs', () => {
    const ahead = articleCurves.map(({ id, history }) => [id, epochsAhead(history)]);
    expect(Object.fromEntries(ahead)).toEqual({
      keras: { ahead: 0, of: 9 },
      inception: { ahead: 0, of: 9 },
      vgg: { ahead: 0, of: 9 },
      resnet: { ahead: 7, of: 9 },
    });
  });

  it('fires for ResNet50’s curve alone', () => {
    const fired = articleCurves.filter(({ history }) => curveAlarm(history, 0) !== null);
    expect(fired.map(({ id }) => id)).toEqual(['resnet']);
  });

  it('says that dropout can do it too', () => {
    const { history } = articleCurves.find(({ id }) => id === 'resnet')!;
    expect(curveAlarm(history, 0)!.text).toContain('7 of 9');
    expect(curveAlarm(history, 0)!.text).toContain('Dropout');
    expect(curveAlarm(history, 0.5)!.text).toContain('Dropout can cause this, because');
    expect(curveAlarm(history, 0.5)!.advice).toContain('without dropout');
  });

  it('is silent about too few epochs', () => {
    const { history } = articleCurves.find(({ id }) => id === 'resnet')!;
    expect(curveAlarm(history.slice(0, 3), 0)).toBeNull();
    expect(curveAlarm([], 0)).toBeNull();
  });
});
