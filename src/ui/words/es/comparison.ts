import type { Words } from '../contract';
import { counted, integer } from '../numbers';

export const costs: Words['costs'] = {
  ms: { title: 'Tiempo por imagen', axis: 'Milisegundos por imagen en este equipo' },
  download: { title: 'Descarga', axis: 'Descarga' },
  parameters: { title: 'Parámetros de la base', axis: 'Parámetros de la base' },
  heading: 'Exactitud frente a coste',
  cost: 'Coste',
  run: 'Ejecución',
  validationAccuracy: 'Exactitud de validación',
  interval: 'Intervalo del 95 %',
};

export const comparison: Words['comparison'] = {
  columns: {
    base: 'Base',
    cut: 'Corte',
    head: 'Cabeza',
    best: 'Mejor exactitud de validación',
    last: 'Última exactitud de validación',
    ms: 'Tiempo por imagen',
    extraction: 'Extracción',
    epoch: 'Tiempo por época',
    download: 'Descarga',
    parameters: 'Parámetros de la base',
    features: 'Longitud del cuello de botella',
    'head-parameters': 'Parámetros de la cabeza',
  },
  epoch: (n) => `época ${n}`,
  solved: (converged, iterations) =>
    `${converged ? 'resuelta en' : 'detenida tras'} ${counted(iterations, 'iteración', 'iteraciones')}`,
  solvedIn: (time) => `resuelta en ${time}`,
  measuredEarlier: 'medido antes',
  fromStore: 'Ya estaba guardada',
  how: (held) =>
    `Bajo cada exactitud, su intervalo del 95 % (Wilson)${held === null ? '' : ` con ${integer(held)} imágenes de validación`}: donde dos se solapan mucho, puede que solo el azar las separe. La mejor época se eligió con las mismas imágenes, así que favorece un poco.`,
  title: 'Comparación',
  save: 'Guardar la comparación como CSV',
  caption: 'Comparación de ejecuciones',
  run: 'Ejecución',
  compare: (name) => `Comparar ${name}`,
  pinned: '(fijada)',
};

export const verdicts: Words['verdicts'] = {
  names: { better: 'Mejor', worse: 'Peor', 'cannot tell': 'No se sabe' },
  alone: (images, onlyA, onlyB) => `de ${images} imágenes, solo esta acertó ${onlyA} y solo la otra ${onlyB}`,
  sentences: {
    better: (name, reference, alone) => `${name} es mejor que ${reference}: ${alone}.`,
    worse: (name, reference, alone) => `${name} es peor que ${reference}: ${alone}.`,
    'cannot tell': (name, reference, alone) =>
      `No se puede decir si ${name} es mejor que ${reference}: ${alone}.`,
  },
  title: '¿Mejor, o solo más suerte?',
  compareWith: 'Comparar con',
  verdict: 'Veredicto',
  difference: 'Diferencia, puntos',
  mcnemar: 'p de McNemar',
  images: 'Imágenes',
  how: 'Se pregunta a ambas ejecuciones por las mismas imágenes de validación, y solo cuentan aquellas en que una acierta y la otra falla: la prueba exacta de McNemar y un intervalo bootstrap pareado deben coincidir al 5 % antes de llamar mejor o peor a una ejecución. De muchos pares que no difieren, alrededor de uno de cada veinte aún lo parecería.',
  save: 'Guardar los veredictos como CSV',
  impossible: 'No se han podido comparar.',
  comparing: 'Comparando…',
  noAnswers: 'Se hizo antes de que se guardaran las respuestas; entrénela otra vez para comparar.',
  otherClasses: 'Distingue otras clases.',
  otherImages: 'Se juzgó con otras imágenes.',
};
