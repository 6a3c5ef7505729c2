import { expect, test } from 'vitest';
import { isSoftwareName, type Adapter } from './adapters';
import { chooseBackend } from './probe';
import { wantedThreads } from './threads';

const real: Adapter = { present: true, software: false, name: 'NVIDIA' };
const software: Adapter = { present: true, software: true, name: 'SwiftShader' };
const none: Adapter = { present: false, software: false, name: 'no adapter' };

test('a real GPU comes first, WebGPU before WebGL', () => {
  expect(chooseBackend({ webgpu: real, webgl: real }, 2)).toMatchObject({ chosen: 'webgpu' });
  const report = chooseBackend({ webgpu: none, webgl: real }, 2);
  expect(report).toMatchObject({ chosen: 'webgl', available: ['webgl', 'wasm', 'cpu'] });
  expect(report.description).toBe('WebGL on NVIDIA; no adapter');
});

test('a software GPU is available but passed over, with the reason', () => {
  const report = chooseBackend({ webgpu: software, webgl: software }, 3);
  expect(report).toMatchObject({ chosen: 'wasm', available: ['webgpu', 'webgl', 'wasm', 'cpu'], threads: 3 });
  expect(report.description).toMatch(/^WASM on 3 threads; SwiftShader is a GPU in software/);
});

test('plain JavaScript is the last resort', () => {
  expect(chooseBackend({ webgpu: none, webgl: none }, null)).toMatchObject({
    chosen: 'cpu',
    available: ['cpu'],
  });
});

test.each([
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)', true],
  ['Mesa llvmpipe (LLVM 15.0.7, 256 bits)', true],
  ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)', true],
  ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0)', false],
  ['Apple M2', false],
])('%s in software: %s', (name, expected) => {
  expect(isSoftwareName(name)).toBe(expected);
});

test('threads: all cores but one, both of two, one without isolation, never more than eight', () => {
  expect([1, 2, 3, 4, 9, 64].map((cores) => wantedThreads(cores, true))).toEqual([1, 2, 2, 3, 8, 8]);
  expect(wantedThreads(8, false)).toBe(1);
});
