import { html } from 'lit';
import type { Words } from '../contract';
import { counted, exactly, plural } from '../numbers';
import { images } from './units';

export const evaluation: Words['evaluation'] = {
  tabs: {
    overview: 'Resumen',
    confidence: 'Confianza',
    mistakes: 'Errores',
    labels: 'Etiquetas',
    map: 'Mapa',
    more: '¿Más imágenes?',
  },
  accuracy: {
    validation: (correct, of, range) =>
      `exactitud de validación: ${correct} aciertos en ${of}, intervalo del 95 % ${range} (Wilson)`,
    test: (correct, of, range) =>
      `exactitud de prueba: ${correct} aciertos en ${of}, intervalo del 95 % ${range} (Wilson)`,
  },
  recognised: (truth) => html`${truth}, reconocida`,
  called: (truth, answer) => html`${truth} tomada por ${answer}`,
  calledText: (truth, answer) => `${truth} tomada por ${answer}`,
  predictions: (n) => `${counted(n, 'predicción', 'predicciones')} de esta ejecución:`,
  noneAnswered: (least) =>
    `Responder solo con una seguridad de al menos ${least}: no se responde a ninguna imagen.`,
  withheld: (least, answered, right) =>
    `Responder solo con una seguridad de al menos ${least}: se responde al ${answered} de las imágenes y se acierta en el ${right} de ellas.`,
  noneOfThese: (threshold) =>
    `Ninguna de estas: ${threshold === null ? 'toda respuesta cuenta' : `por debajo del ${threshold}`}`,
  sureness: {
    over: 'estaba demasiado segura de sí misma',
    under: 'estaba más segura de lo que decía',
    apt: 'estaba más o menos tan segura como debía',
  },
  calibration: (error, meaning, crossEntropy) =>
    `Error de calibración esperado: ${error.ece}; tras dividir los logits por la temperatura ${error.temperature}, ${error.scaled}: ${meaning}. Entropía cruzada: ${crossEntropy.before} antes, ${crossEntropy.after} después.`,
  allRecognised: (of) => `Se han reconocido las ${of}.`,
  mistakes: (n, of) => `${counted(n, 'error', 'errores')} en ${of}, primero los más costosos.`,
  closeImages: 'Cerrar estas imágenes',
  close: 'Cerrar',
  title: 'Evaluación',
  runToEvaluate: 'Ejecución que evaluar',
  noAnswers:
    'Esta ejecución se hizo antes de que se guardaran sus respuestas. Entrene otra vez la misma cabeza para verlas: los cuellos de botella están guardados, así que tarda un momento.',
  failed: 'No se ha podido hacer la evaluación de esta ejecución.',
  again: 'Evaluar otra vez',
  evaluating: 'Evaluando…',
  judgedOn: 'Juzgada con',
  validationImages: 'Imágenes de validación',
  testImages: 'Imágenes de prueba',
  savePredictions: 'Guardar las predicciones como CSV',
  saveReport: 'Guardar el informe como JSON',
  mistakesTitle: 'Errores',
  nearTheTop: 'Lo que está arriba suele estar mal etiquetado o mostrar varias clases.',
  costliestFirst: 'Errores, primero los más costosos',
  crossEntropy: 'Entropía cruzada',
  nats: 'nats por imagen',
  amongBest: (k) => `Entre sus mejores ${exactly(k)}`,
  macroF1: 'F1 macro',
  eachClass: 'cada clase cuenta lo mismo',
  calibrationError: 'Error de calibración',
  trainedTail:
    'Esta ejecución entrenó etapas de su base, que a estas alturas conocen todas sus imágenes de entrenamiento y sus etiquetas: no se les pudo ocultar nada. Ejecute las mismas imágenes con una base congelada y mire allí.',
  rejectText: 'Una respuesta menos segura que esto cuenta como ninguna de estas.',
  rejectLines:
    'Con las imágenes de validación, línea continua: respondidas; discontinua: acertadas entre ellas.',
  howSure: 'Cuán segura tiene que ser una respuesta',
  pointIn: (heading) => `Punto en el gráfico «${heading}»`,
};

export const confusion: Words['confusion'] = {
  heading: 'Matriz de confusión',
  darkest: { counts: 'el máximo de imágenes', shares: 'la fila entera' },
  caption: {
    counts: 'Matriz de confusión, imágenes: clases verdaderas por respuestas',
    shares: 'Matriz de confusión, proporciones de cada fila: clases verdaderas por respuestas',
  },
  title: {
    counts: 'Matriz de confusión, imágenes',
    shares: 'Matriz de confusión, proporciones por fila',
  },
  cell: (n, truth, answer, share) =>
    `${images(n)} de ${truth} ${
      answer === null
        ? plural(n, 'reconocida', 'reconocidas')
        : `${plural(n, 'tomada', 'tomadas')} por ${answer}`
    } (${share} de ${truth})`,
  show: 'Mostrar en la matriz de confusión',
  counts: 'Recuentos',
  shares: 'Proporciones por fila',
  text: 'Las filas son las clases verdaderas; las columnas, las respuestas; la diagonal es lo acertado.',
  pressing: 'Pulse una celda para ver sus imágenes; las teclas de flecha van de una a otra.',
  large: 'Celdas grandes',
  mostOften: 'Lo que más se confunde',
  showAll: (n) => `Mostrar las ${exactly(n)} parejas confundidas`,
  none: 'Ninguna',
  trueClass: 'Clase verdadera',
  predicted: 'Clase predicha, por el número de su fila',
};

export const metrics: Words['metrics'] = {
  // With the places where a narrow column may break them.
  columns: {
    precision: 'Preci\u00adsión',
    recall: 'Exhaus\u00adtividad',
    f1: 'F1',
    support: 'Imá\u00adgenes',
  },
  axes: {
    roc: ['Tasa de falsos positivos', 'Tasa de verdaderos positivos'],
    precisionRecall: ['Exhaustividad', 'Precisión'],
  },
  area: 'Área',
  averagePrecision: 'Precisión media',
  reliability: ['Escalado', 'Confianza desde', 'hasta', 'Imágenes', 'Confianza media', 'Exactitud'],
  oneAgainstOthers: 'Una clase frente a las demás',
  class: 'Clase',
  byClass: 'Por clase',
  save: 'Guardar las métricas por clase como CSV',
  caption: 'Precisión, exhaustividad, F1 e imágenes de cada clase',
  mean: 'Media de las clases',
  weighted: 'Ponderada por imágenes',
  answered: 'Imágenes que reciben respuesta',
  right: 'Respuestas acertadas',
  coverage: 'Ninguna de estas: cobertura y exactitud',
  coverageText:
    'Las imágenes cuya mejor respuesta es menos segura que el umbral cuentan como ninguna de estas.',
  coveragePoint: (least, answered, right) =>
    `Seguridad de al menos ${least}: ${answered} respondidas, ${right} acertadas`,
  threshold: 'Umbral',
  said: 'Dicho: probabilidad de la respuesta',
  was: 'Fue: proporción de aciertos',
  calibration: 'Calibración',
  asTrained: 'Tal como se entrenó',
  afterScaling: 'Tras el escalado de temperatura',
  calibrationPoint: (name, images, said, right) => `${name}: ${images} dijeron ${said}, ${right} acertadas`,
  roc: 'Curva ROC',
  precisionRecall: 'Curva de precisión y exhaustividad',
  falsePositives: 'De las demás, tomadas por ella',
  found: 'De la clase, encontradas',
  recall: 'De la clase, encontradas (exhaustividad)',
  precision: 'De las que se dicen suyas, acertadas (precisión)',
  rocText:
    'El área es la probabilidad de que una imagen de la clase obtenga una probabilidad mayor que otra que no lo es.',
  chance: (percent) => `Punteado: al azar, ${percent}, que es la proporción de imágenes de la clase.`,
  rocPoint: (found, label, taken) =>
    `${found} de ${label} encontradas, ${taken} de las demás tomadas por ella`,
  recallPoint: (found, label, right) =>
    `${found} de ${label} encontradas, ${right} de las que se dicen suyas acertadas`,
};

export const map: Words['map'] = {
  methods: { pca: 'Componentes principales', umap: 'UMAP' },
  drawnFrom: (shown, of) => `${shown} de ${of}, tomadas al azar en proporción a las clases y las particiones`,
  heading: (method) => `Mapa de las características, ${method}`,
  umap: (of) =>
    `${of}. UMAP mantiene juntos a los vecinos; la distancia entre grupos y su tamaño significan poco.`,
  components: (of, across, up) =>
    `${of}, según las dos direcciones en que más difieren sus características: ${across} de la varianza en horizontal y ${up} en vertical. Lo que aquí se solapa puede estar separado en las demás direcciones.`,
  mistaken: 'equivocada',
  how: 'Cómo se hace el mapa',
  making: 'Haciendo el mapa',
  readingFeatures: 'Leyendo las características…',
  none: 'No hay mapa de esta ejecución.',
  image: 'Imagen en el mapa',
  imagesToWalk: (integer) => `${integer} imágenes; las teclas de flecha las recorren`,
  drawn: 'Qué se dibuja',
  highlighted: 'Clase resaltada',
  gone: 'Ya no está en el conjunto de datos',
  takenFor: (classes) => `, tomada por ${classes}`,
  recognised: ', reconocida',
  class: 'Clase',
  images: 'Imágenes',
  judged: 'Juzgadas',
  mistakenMany: 'Equivocadas',
  nearest: 'Clase más cercana en el mapa',
  show: 'Qué mostrar con las respuestas',
  whatItLooksAt: 'En qué se fija',
  strength: 'Intensidad',
  speaksFor: 'A favor de',
  ownAnswer: 'la respuesta de cada ejecución',
  nearestImages: 'Imágenes de entrenamiento más cercanas',
  explained:
    'Lo rojo habla a favor de la clase; lo azul, en contra; lo que queda transparente no cambia nada. Cada mapa tiene su propia escala.',
};

export const labels: Words['labels'] = {
  queue: (n, judged) =>
    n === 0
      ? `Ninguna de las ${judged} parece mal etiquetada.`
      : `${counted(n, `de ${judged} parece mal etiquetada`, `de ${judged} parecen mal etiquetadas`)}.`,
  trust: ({ others, folds, unjudged }, heads) => {
    const left = `${counted(unjudged, 'imagen no se pudo juzgar: no tiene', 'imágenes no se pudieron juzgar: no tienen')} nada de su clase con que compararse.`;
    return `Cada imagen la juzgó una cabeza lineal entrenada con las otras ${exactly(others)} de ${exactly(folds)} partes de las imágenes. Estas cabezas coinciden con el ${heads.accuracy} de ${heads.labels} etiquetas (intervalo del 95 %: de ${heads.low} a ${heads.high}): cuanto menos, más de lo que sigue es error suyo.${unjudged === 0 ? '' : ` ${left}`}`;
  },
  decisionsLeft: (n) => `Quedan ${counted(n, 'decisión', 'decisiones')}.`,
  looksLike: (label, other, share) => html`Etiquetada como ${label}, parece ${other}, ${share}`,
  imageAndLabel: {
    train: (share) => `Imagen de entrenamiento, su etiqueta ${share}`,
    validation: (share) => `Imagen de validación, su etiqueta ${share}`,
  },
  moveToLabel: (label) => html`Pasar a ${label}`,
  now: (label) => html`Ahora ${label}`,
  kept: 'Conservada',
  removed: 'Quitada',
  title: 'Etiquetas que parecen equivocadas',
  looking: 'Buscando errores de etiqueta',
  lookingUp: 'Consultando…',
  text: 'Cabezas que no han visto una imagen juzgan su etiqueta: cinco veces, cada una sin la quinta parte de las imágenes de entrenamiento y validación, con las características guardadas. Tarda de unos segundos a un minuto. Las imágenes de prueba no se tocan.',
  notFinished: 'No llegó a terminar.',
  look: 'Buscar errores de etiqueta',
  changed: (images) =>
    `${images} con cambios. Las cifras de las ejecuciones terminadas quedan como están: ejecute otra vez para ver qué logran las etiquetas mejores.`,
  doubtful: 'Imágenes cuya etiqueta parece equivocada, primero las más dudosas',
  showMore: (images) => `Mostrar más (quedan ${images})`,
  lookAgain: 'Buscar otra vez',
  save: 'Guardar como CSV',
  theImage: 'La imagen',
  keptAs: (path, label) => `${path} se conserva como ${label}.`,
  doubtedAgain: (path) => `${path} vuelve a estar en duda.`,
  isRemoved: (path) => `${path} se ha quitado.`,
  isNowIn: (path, label) => `${path} está ahora en ${label}.`,
  moveToAbout: (label, path) => `Pasar a ${label}: ${path}`,
  moveTo: (label) => `Pasar a ${label}`,
  keepAs: (label, path) => `Conservar como ${label}: ${path}`,
  keep: 'Conservar',
  removeNamed: (path) => `Quitar ${path}`,
  remove: 'Quitar',
  doubtAgain: 'Volver a dudar',
  doubtAgainNamed: (path) => `Volver a dudar: ${path}`,
  back: 'Devolver',
  backTo: (label, path) => `Devolver a ${label}: ${path}`,
};

export const learning: Words['learning'] = {
  columns: [
    'Imágenes de entrenamiento',
    'Repeticiones',
    'Exactitud media',
    'Límite inferior del 95 %',
    'Límite superior del 95 %',
    'Solo imágenes de validación: límite inferior del 95 %',
    'Límite superior del 95 %',
    'Repetición más baja',
    'Repetición más alta',
  ],
  answers: {
    yes: 'Más imágenes probablemente ayudarían.',
    hardly: 'Más imágenes apenas ayudarían.',
    'cannot tell': 'No se puede decir si más imágenes ayudarían.',
  },
  interval: (low, high) => `intervalo del 95 %: de ${low} a ${high}`,
  lastDoubling: (from, to, gain, interval) =>
    `La última duplicación, de ${from} a ${to}, ganó ${gain} puntos de exactitud (${interval}).`,
  nextDoubling: (to, gain, interval) =>
    `Otra, hasta ${to}, ganaría unos ${gain} (${interval}), si la curva sigue como la ley de potencia inversa que pasa por sus puntos.`,
  tooFew: (n) => `${exactly(n)} cantidades de imágenes son demasiado pocas para mirar adelante.`,
  method: (repeats, onceForAll, judged, exact) =>
    `La propia cabeza de la ejecución con sus ajustes, entrenada ${exactly(repeats)} veces con cada cantidad de imágenes${onceForAll ? ' menor que el total' : ''}, sobre subconjuntos estratificados que se contienen unos a otros, y juzgada con las mismas ${judged}. La banda es el intervalo del 95 % para otras imágenes de entrenamiento y otras de validación (el intervalo de Wilson y la varianza entre repeticiones, corregida por su solapamiento); los puntos son las repeticiones.${exact ? ' La penalización de la cabeza exacta es la del total de imágenes, de modo que con menos imágenes queda más sujeta.' : ''}`,
  point: (of, accuracy, low, high) => `${of}: ${accuracy}, intervalo del 95 %: de ${low} a ${high}`,
  takes: (time) => `${time === null ? 'unos segundos' : `unos ${time}`}.`,
  title: '¿Ayudarían más imágenes?',
  training: 'Entrenando con menos y con más imágenes',
  text: (takes) =>
    `La cabeza de esta ejecución se entrena otra vez con partes cada vez mayores de sus imágenes de entrenamiento, con características guardadas, varias veces cada una. Eso tarda ${takes}`,
  withoutCopies: 'Se dejan fuera las copias alteradas de las imágenes de entrenamiento de la ejecución.',
  measure: 'Medir la curva de aprendizaje',
  trainingImages: 'Imágenes de entrenamiento',
  validationAccuracy: 'Exactitud de validación',
  heading: 'Exactitud según el número de imágenes',
  all: (pointText) => `Las ${pointText}.`,
  lookedAheadAt: (images, accuracy) => `${images}: alrededor del ${accuracy}, previsto`,
  measured: 'medido, con banda del 95 %',
  lookedAhead: 'previsto',
};
