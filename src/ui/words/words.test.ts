import { afterEach, describe, expect, it } from 'vitest';
import type { ImageRecord } from '../../engine/data/records';
import { splitImages } from '../../engine/data/split';
import { toErrorData } from '../../engine/errors';
import { chooseBackend } from '../../engine/backend/probe';
import {
  amount,
  bytes,
  date,
  decimal,
  duration,
  epochs,
  images,
  large,
  list,
  percent,
  rate,
  timeLeft,
} from '../format';
import { preferred } from '../language';
import { setLanguage, words } from '.';

const record: ImageRecord = {
  id: '1',
  label: 'gato',
  path: 'gato/1.png',
  share: null,
  width: 32,
  height: 32,
  bytes: 100,
  mime: 'image/png',
};
const tooWide = {
  fault: 'too-many-pixels',
  width: 20_000,
  height: 10,
  mostASide: 16_384,
  most: 120e6,
} as const;

afterEach(() => setLanguage('en'));

describe('the language', () => {
  it('is the first of the browser’s that the page speaks', () => {
    expect(preferred(['fr', 'es-MX', 'en'])).toBe('es');
    expect(preferred(['en-GB', 'es'])).toBe('en');
    expect(preferred(['__proto__', 'zh-Hans-CN'])).toBe('en');
  });

  it('changes under whoever reads words', async () => {
    expect(words.header.steps).toBe('Steps');
    await setLanguage('es');
    expect(words.header.steps).toBe('Pasos');
  });
});

describe('numbers in Spanish', () => {
  it('have plurals, a comma and the units of Spanish', async () => {
    await setLanguage('es', 'es-ES');
    expect([0, 1, 2].map(images)).toEqual(['0 imágenes', '1 imagen', '2 imágenes']);
    expect(images(20_000)).toBe('20.000 imágenes');
    expect(epochs(1)).toBe('1 época');
    expect(percent(0.875)).toBe('87,5\u00a0%');
    expect(bytes(94_500_000)).toBe('94,5 MB');
    expect(large(23_587_712)).toBe('23,6 millones');
    expect(decimal(0.123456)).toBe('0,123');
    expect(decimal(Number.NaN)).toBe('no es un número');
    expect(duration(4.24)).toBe('4,2 s');
    expect(timeLeft(35)).toBe('quedan 35 s');
    expect(list(['a', 'b', 'c'])).toBe('a, b y c');
    const progress = { perSecond: null, secondsLeft: null };
    expect(amount({ ...progress, done: 31_500_000, total: 94_500_000, unit: 'bytes' })).toBe(
      '31,5 de 94,5 MB',
    );
    expect(rate(0.4, 'epochs')).toBe('2,5 s por época');
    expect(date('2026-05-12T14:05:00')).toContain('12 may 2026');
  });

  it('follow the region', async () => {
    await setLanguage('es', 'es-MX');
    expect(images(20_000)).toBe('20,000 imágenes');
    expect(decimal(0.5)).toBe('0.5');
  });
});

describe('what the engine says', () => {
  it('is said in Spanish by its code, and in English as it is', async () => {
    const error = { code: 'storage-full', message: 'No room.', advice: 'Make some.' } as const;
    expect(words.engine.error(error)).toEqual(error);
    await setLanguage('es');
    expect(words.engine.error(error).message).toBe('El navegador no tiene más espacio para esta página.');
  });

  it('tells which of the cases of a code it is, with names and figures', async () => {
    await setLanguage('es', 'es-ES');
    const records = [1, 2].map((id) => ({ ...record, id: String(id), label: id === 1 ? 'gato' : 'perro' }));
    const refused = (of: typeof records) => {
      try {
        splitImages(of, { validationShare: 0.2, seed: 1 });
      } catch (error) {
        return words.engine.error(toErrorData(error));
      }
      return null;
    };
    expect(refused([])?.message).toBe('Todavía no hay imágenes.');
    expect(refused(records.slice(0, 1))?.message).toContain('una clase, «gato»');
    expect(refused(records)).toEqual({
      message: 'La clase «gato» tiene 1 imagen: muy pocas para entrenar y juzgar.',
      advice: 'Dé a esa clase al menos 2 imágenes entre las que elegir, o quítela.',
    });
  });

  it('tells what is wrong with a file; a row of before there were codes stays as it was', async () => {
    const wide = { path: 'a.png', detail: '20000 × 10 pixels', why: tooWide } as const;
    expect(words.engine.fault(wide)).toBe('20000 × 10 pixels');
    await setLanguage('es', 'es-ES');
    expect(words.engine.fault(wide)).toBe(
      '20000 × 10 píxeles; como máximo, 16384 por lado y 120 megapíxeles',
    );
    expect(words.engine.fault({ detail: 'The same bytes as dog/7.png.' })).toBe(
      'The same bytes as dog/7.png.',
    );
    expect(
      words.engine.error({ code: 'image-too-large', message: '', advice: '', why: tooWide }).message,
    ).toBe(
      'Una imagen es demasiado grande para abrirse sin riesgo. 20000 × 10 píxeles; como máximo, 16384 por lado y 120 megapíxeles.',
    );
  });

  it('tells what a run did by itself, with its figures', async () => {
    const fewer = { code: 'fewer-at-once', text: 'Not enough memory.', images: 8, fewer: 4 } as const;
    expect(words.engine.note(fewer)).toBe('Not enough memory.');
    await setLanguage('es');
    expect(words.engine.note(fewer)).toBe('No hay memoria para 8 imágenes a la vez; se sigue con 4.');
    expect(words.engine.note({ code: 'host-failed', text: '', host: 'unpkg.com', source: 'keras' })).toBe(
      'unpkg.com no ha podido dar los pesos de keras; se prueba la fuente siguiente.',
    );
  });

  it('tells what computes, and why nothing better does, from what was looked at', async () => {
    const software = { present: true, software: true, name: 'SwiftShader' };
    const none = {
      present: false,
      software: false,
      name: 'WebGPU found no adapter',
      why: 'no-adapter',
    } as const;
    const passedOver = chooseBackend({ webgpu: none, webgl: software }, 3, true);
    expect(words.backend.description(passedOver)).toBe(passedOver.description);
    await setLanguage('es');
    expect(words.backend.description(passedOver)).toBe(
      'WebAssembly con 3 hilos, con rutinas de cálculo propias; WebGPU no está disponible (no ha encontrado ningún adaptador); SwiftShader es una GPU por software, más lenta que WebAssembly',
    );
    const unnamed = { present: true, software: false, name: '' };
    expect(words.backend.description(chooseBackend({ webgpu: unnamed, webgl: unnamed }, 3))).toBe(
      'WebGPU en un adaptador sin nombre',
    );
    const real = { present: true, software: false, name: 'NVIDIA' };
    expect(words.backend.description(chooseBackend({ webgpu: none, webgl: real }, 3))).toBe(
      'WebGL en NVIDIA; WebGPU no está disponible (no ha encontrado ningún adaptador)',
    );
    expect(words.backend.description(chooseBackend({ webgpu: none, webgl: none }, null))).toMatch(
      /^JavaScript puro; /,
    );
  });

  it('tells of copies what the features say of them', async () => {
    await setLanguage('es', 'es-ES');
    const copies = {
      code: 'copies',
      severity: 'info',
      message: '',
      advice: '',
      images: ['1', '2', '3', '4'],
      groups: [
        ['1', '2'],
        ['3', '4'],
      ],
      remedies: [],
    } as const;
    const told = (more: object) => words.engine.finding({ ...copies, ...more });
    expect(told({ checkedBy: 'ResNet50', similarities: [0.987, 0.99] }).message).toBe(
      'Hay 4 imágenes casi iguales (2 grupos). Las características de ResNet50 coinciden: similitud 0,99 o más.',
    );
    expect(told({ checkedBy: 'VGG16', similarities: [0.94, null] }).message).toContain(
      'Las características de VGG16 coinciden en 1 (las demás no están calculadas): similitud 0,94.',
    );
    expect(told({ checkedBy: null }).advice).toContain('Tras una ejecución con ResNet50');
    expect(told({}).advice).not.toContain('ResNet50');
  });

  it('has plurals', async () => {
    await setLanguage('es');
    expect([1, 2].map((n) => words.audit.edits.drop(n))).toEqual([
      'Se ha quitado 1 imagen.',
      'Se han quitado 2 imágenes.',
    ]);
    expect(words.labels.queue(1, '20 imágenes')).toBe('1 de 20 imágenes parece mal etiquetada.');
  });
});
