import { describe, expect, it } from 'vitest';
import { amount, bytes, decimal, duration, images, large, list, percent, rate, timeLeft } from './format';

describe('numbers for people', () => {
  it('writes bytes in decimal units', () => {
    expect([0, 1, 999, 1000, 83_412, 94_500_000, 2_340_000_000].map(bytes)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1 kB',
      '83.4 kB',
      '94.5 MB',
      '2.3 GB',
    ]);
  });

  it('writes parameter counts, shares and losses', () => {
    expect(large(23_587_712)).toBe('23.6 million');
    expect(percent(0.875)).toBe('87.5%');
    expect(percent(0.2, 0)).toBe('20%');
    expect(percent(Number.NaN)).toBe('–');
    expect(decimal(0.123456)).toBe('0.123');
    expect(decimal(Number.NaN)).toBe('not a number');
  });

  it('counts in the singular and the plural', () => {
    expect(images(1)).toBe('1 image');
    expect(images(20_000)).toBe('20,000 images');
    expect(list(['a', 'b', 'c'])).toBe('a, b, and c');
  });

  it('writes durations in two units at most', () => {
    expect([0.42, 4.24, 9.99, 35.2, 59.6, 260, 3600, 7500].map(duration)).toEqual([
      '420 ms',
      '4.2 s',
      '10 s',
      '35 s',
      '1 min',
      '4 min 20 s',
      '1 h',
      '2 h 5 min',
    ]);
    expect(duration(Infinity)).toBe('–');
  });

  it('rounds time left up, and more coarsely the longer it is', () => {
    expect([0.2, 12.1, 33, 121, 700].map(timeLeft)).toEqual([
      'a moment left',
      '13 s left',
      '35 s left',
      '2 min 10 s left',
      '12 min left',
    ]);
  });

  it('writes progress as amount and rate', () => {
    const progress = { perSecond: null, secondsLeft: null };
    expect(amount({ ...progress, done: 31_500_000, total: 94_500_000, unit: 'bytes' })).toBe(
      '31.5 of 94.5 MB',
    );
    expect(amount({ ...progress, done: 500, total: 94_500_000, unit: 'bytes' })).toBe('500 bytes of 94.5 MB');
    expect(amount({ ...progress, done: 0, total: 1, unit: 'images' })).toBe('0 of 1 image');
    expect(amount({ ...progress, done: 3, total: 66, unit: 'fits' })).toBe('3 of 66 fits');
    expect(rate(8_400_000, 'bytes')).toBe('8.4 MB/s');
    expect(rate(11.43, 'images')).toBe('11.4 images/s');
    expect(rate(0.4, 'epochs')).toBe('2.5 s per epoch');
  });
});
