import { expect, test } from 'vitest';
import type { StoredEntry } from '../engine/usage-sections';
import { roomText, storedView } from './storage-view';

const entry = (patch: Partial<StoredEntry>): StoredEntry => ({
  id: 'x',
  kind: 'features',
  base: 'resnet50',
  detail: 'avg_pool',
  count: 400,
  bytes: 3_276_800,
  ...patch,
});

test('what comes back by itself goes without a question, and says so', () => {
  expect(storedView(entry({}))).toEqual({
    id: 'x',
    title: 'Features of ResNet50',
    text: '400 images; computed again when they are needed',
    size: '3.3 MB',
    question: null,
  });
  expect(storedView(entry({ detail: 'conv4_block6_out' })).title).toBe(
    'Features of ResNet50 at conv4_block6_out',
  );
  expect(storedView(entry({ kind: 'weights', detail: 'package@1' })).text).toMatch(
    /^package@1; downloaded again/,
  );
  expect(storedView(entry({ base: null, detail: 'x' })).title).toBe('Features of another network');
});

test('what would be lost is asked for first', () => {
  const base = null;
  expect(storedView(entry({ kind: 'images', base, count: 1 })).question).toMatch(/forgets 1 image;/);
  expect(storedView(entry({ kind: 'runs', base, count: 3 })).question).toMatch(/^3 runs will be removed/);
  expect(storedView(entry({ kind: 'weights', detail: 'own/resnet50' })).question).toMatch(
    /published weights/,
  );
});

test('room is said where the browser says it', () => {
  const report = { used: 1.2e9, quota: 1e10, inMemory: false };
  expect(roomText(report)).toBe('1.2 GB used of 10 GB that this browser allows the page.');
  expect(roomText({ ...report, quota: null })).toBeNull();
  expect(roomText({ ...report, inMemory: true })).toBe('1.2 GB used of 10 GB of memory.');
});
