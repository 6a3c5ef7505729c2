import { html } from 'lit';
import type { Words } from '../contract';
import { counted, exactly, integer } from '../numbers';

export const fields: Words['fields'] = {
  epochs: { label: 'Épocas', hint: 'Cuántas veces pasa el entrenamiento por todos los cuellos de botella.' },
  learningRate: { label: 'Tasa de aprendizaje', hint: 'Cuánto mueve cada paso los pesos.' },
  batchSize: { label: 'Tamaño de lote', hint: 'Imágenes por paso.' },
  validationShare: {
    label: 'Validación',
    hint: 'Se reserva de cada clase para medir; nunca se entrena con ella.',
  },
  testShare: {
    label: 'Prueba',
    hint: 'También se reserva, pero no elige nada: una cifra honrada al final. Con 0 no hay.',
  },
  dropout: {
    label: 'Dropout',
    hint: 'Proporción de activaciones ocultas que se anulan en cada paso, contra el sobreajuste.',
  },
  l2: { label: 'L2', hint: 'Peso de los núcleos al cuadrado en la pérdida; 0 lo desactiva.' },
  patience: {
    label: 'Paciencia',
    hint: 'Épocas sin una pérdida de validación menor antes de que el entrenamiento se detenga.',
  },
  tailLearningRate: {
    label: 'Tasa de aprendizaje de las etapas',
    hint: 'Mucho menor que la de la cabeza: estos pesos ya son buenos.',
  },
  warmupEpochs: {
    label: 'Épocas de calentamiento',
    hint: 'Al principio solo aprende la cabeza, para que sus primeros pasos no estropeen nada por debajo.',
  },
  copies: {
    label: 'Copias de cada una',
    hint: 'Versiones guardadas de una imagen de entrenamiento, incluida ella misma; las de validación quedan como están.',
  },
  crop: {
    label: 'Recortar hasta',
    hint: 'Del lado; lo que queda cae en cualquier lugar y vuelve a llenar el cuadrado.',
  },
  colour: {
    label: 'Cambiar los colores hasta',
    hint: 'Brillo, contraste y saturación, hacia arriba o hacia abajo.',
  },
  seed: {
    label: 'Semilla',
    hint: 'La misma semilla da la misma división, los mismos pesos y el mismo orden.',
  },
};

export const head: Words['head'] = {
  presets: {
    article: {
      title: 'Densa 512 + softmax',
      text: 'La cabeza del artículo: una capa oculta con relu.',
    },
    softmax: { title: 'Solo softmax', text: 'Una capa lineal: pocos pesos, difícil de sobreajustar.' },
    exact: {
      title: 'Lineal exacta',
      text: 'Regresión logística multinomial sobre características estandarizadas, resuelta hasta converger, con su L2 elegido por validación cruzada.',
    },
    custom: { title: 'A medida', text: 'Capas ocultas propias y, después, softmax.' },
  },
  resizes: { stretch: 'Estirar', crop: 'Recortar', letterbox: 'Encajar con bandas' },
  unused: 'No se usa: la cabeza exacta se resuelve, no se entrena por pasos.',
  dropout: (share) => (share === null ? 'sin dropout' : `dropout del ${share}`),
  correctAbove: 'Corrija los ajustes marcados arriba.',
  advanced: 'Avanzado',
  optimizer: 'Optimizador',
  optimizerHint: 'Cómo los gradientes se convierten en pasos.',
  resize: 'Redimensionado',
  resizeHint: 'Al cuadrado: estirar, recortar el centro o encajar entre bandas.',
  classWeights: 'Pesos de las clases',
  classWeightsHint: 'Equilibrados: las clases pequeñas cuentan tanto como las grandes.',
  none: 'Ninguno',
  balanced: 'Equilibrados',
  earlyStopping: 'Parada temprana',
  run: 'Ejecutar',
  earlyStoppingShort: 'parada temprana',
  exactL2: 'Sobre características estandarizadas; con 0 elige la validación cruzada.',
  title: 'Cabeza',
  units: 'Unidades de cada capa oculta',
  unitsHint: 'Desde el cuello de botella hacia arriba, por ejemplo 512, 128.',
};

export const settings: Words['settings'] = {
  copies: (n) => `${integer(n)} copias`,
  mirrored: 'reflejadas',
  cropped: (share) => `recortadas hasta un ${share}`,
  recoloured: (share) => `recoloreadas hasta un ${share}`,
  optimizers: { adam: 'Adam', rmsprop: 'RMSprop', sgd: 'SGD con momento' },
  tail: (learningRate) => `cola ${exactly(learningRate)}`,
  resize: { stretch: 'estirar al cuadrado', crop: 'recortar al cuadrado', letterbox: 'encajar con bandas' },
  exactHead: 'Lineal exacta',
  softmaxHead: 'Solo softmax',
  denseHead: (hidden) => `Densa ${hidden} + softmax`,
  cutAt: (cut, rest) => `Corte en ${cut}; ${rest}`,
  l2ByCrossValidation: 'L2 por validación cruzada',
  balanced: 'clases equilibradas',
  seed: (seed) => `semilla ${exactly(seed)}`,
  batch: (batchSize) => `lote ${exactly(batchSize)}`,
  warmup: (epochs) => `calentamiento ${epochs}`,
  dropout: (dropout) => `dropout ${exactly(dropout)}`,
  patience: (patience) => `paciencia ${exactly(patience)}`,
};

export const plan: Words['plan'] = {
  then: (steps, last) => `${steps} y, después, ${last}`,
  train: (parts, atMost, length) => `entrenar ${parts}${atMost ? 'hasta ' : 'durante '}${length}`,
  headAndWholeBase: 'la cabeza y toda la base ',
  headAndStages: 'la cabeza y las etapas por encima del corte ',
  copiesIncluded: ', con copias alteradas,',
  goingOn: 'Hay una ejecución en curso.',
  importing: 'Todavía se están importando imágenes.',
  addImages: 'Primero añada imágenes.',
  addSecondClass: 'Añada una segunda clase: un clasificador necesita dos que distinguir.',
  chooseBase: 'Primero elija una base.',
  download: (bytes) => `descargar ${bytes}`,
  extractWithEach: (images, copies, titles) => `extraer ${images}${copies} con cada una de ${titles}`,
  extractWith: (images, copies, titles) => `extraer ${images}${copies} con ${titles}`,
  solve: 'resolver la cabeza lineal exacta',
  extractionTakes: (duration) => ` La extracción tarda unos ${duration}.`,
  atLeastOneLayer: 'Indique al menos una capa, por ejemplo 512, 128.',
  atMostEight: 'Como máximo, ocho capas.',
  wholeUnits: 'Indique números enteros del 1 al 8192, separados por comas.',
};

export const lanes: Words['lanes'] = {
  phases: { download: 'Descarga', extract: 'Extracción', train: 'Entrenamiento' },
  nothingToDo: {
    download: 'Guardada en este equipo',
    extract: 'Todos los cuellos de botella estaban guardados',
    train: '',
  },
  status: {
    waiting: 'En espera',
    download: 'Descargando',
    extract: 'Extrayendo',
    train: 'Entrenando',
    done: 'Terminada',
    failed: 'Fallida',
    cancelled: 'Cancelada',
    interrupted: 'Interrumpida',
  },
  paused: 'En pausa',
  amountPaused: (amount) => `${amount} · en pausa`,
  finished: (n, all) => `${n} de ${counted(all, 'terminada', 'terminadas')}`,
  ended: {
    failed: (n) => counted(n, 'fallida', 'fallidas'),
    cancelled: (n) => counted(n, 'cancelada', 'canceladas'),
    interrupted: (n) => counted(n, 'interrumpida', 'interrumpidas'),
  },
  accuracy: (share) => `, exactitud de validación ${share}`,
  running: 'En ejecución',
  lastRun: 'Última ejecución',
  resumeAll: 'Reanudar todas',
  pauseAll: 'Pausar todas',
  cancelAll: 'Cancelar todas',
  closedInTheMiddle:
    'La página se cerró a la mitad. Lo que estaba terminado se conserva; la ejecución sigue desde ahí.',
  tryAgain: 'Reintentar',
  goOn: 'Continuar',
  resume: 'Reanudar',
  pause: 'Pausar',
};

export const runs: Words['runs'] = {
  accuracyOn: (images) => `exactitud de validación, con ${images} nunca usadas para entrenar`,
  interval: (low, high) => `; intervalo del 95 %: de ${low} a ${high}`,
  weights: 'pesos',
  trainedOn: (n) => `${n} imágenes`,
  exact: {
    l2: (tried) => (tried > 0 ? `el mejor de ${tried} por validación cruzada` : 'dado'),
    converged: (yes) => (yes ? 'convergió' : 'no convergió'),
  },
  empty: html`Aquí se dibujan la exactitud y la pérdida mientras se entrena la cabeza; después puede probarla
    con una imagen propia. Lo que tales curvas pueden ocultar lo muestra la
    <a href="#replay">repetición del artículo</a>.`,
  finished: 'Ejecuciones terminadas',
  showCompared: 'Mostrar solo las ejecuciones comparadas',
  showAll: (length) => `Mostrar todas las ejecuciones terminadas (${exactly(length)})`,
  writingReport: 'Escribiendo el informe…',
  saveReport: 'Guardar el informe (HTML)',
  renameThis: 'Cambiar el nombre de esta ejecución',
  renameText: (automatic) => `Sin un nombre propio se llama «${automatic}».`,
  rename: 'Renombrar',
  name: 'Nombre',
  gradientNorm: 'Norma del gradiente',
  iterations: 'Iteraciones',
  pinned: 'Fijada',
  settings: 'Ajustes',
  pinTitle: 'Las ejecuciones fijadas se quedan en la comparación',
  unpin: 'Soltar',
  pin: 'Fijar',
  renameNamed: (name) => `Renombrar ${name}`,
  removeNamed: (name) => `Quitar la ejecución ${name}`,
  remove: 'Quitar',
  highest: 'Máxima',
  headCarries: 'La cabeza lleva',
  ofEpochs: (n) => `de ${exactly(n)}`,
  extraction: 'Extracción',
  solving: 'Resolución',
  training: 'Entrenamiento',
  backend: 'Motor de cálculo',
  whatFor: '¿Para qué?',
};

export const curves: Words['curves'] = {
  live: {
    now: { tag: 'ahora', name: 'entrenando ahora' },
    unfinished: { tag: 'sin terminar', name: 'sin terminar' },
  },
  exact: 'exacta',
  short: { validation: 'val.', training: 'entr.' },
  lastEpoch: 'Última época',
  epoch: (n) => `Época ${n}`,
  epochAxis: 'Época',
  epochIn: (chart) => `Época en el gráfico «${chart}»`,
  last: 'Última',
  accuracy: 'Exactitud',
  loss: 'Pérdida',
  inCharts: 'Ejecuciones en los gráficos',
  show: (name) => `Mostrar ${name} en los gráficos`,
  warning: 'Advertencia sobre las curvas',
  tooGood: 'Estas curvas parecen demasiado buenas.',
  lines: 'Líneas',
  tableOf: (heading) => `${heading}, tabla`,
  chartOf: (heading) => `Gráfico «${heading}»`,
  table: 'Tabla',
  saveAs: 'Guardar como',
};

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
