import { markup } from '../../report/markup';
import type { Words } from '../contract';
import { counted, exactly } from '../numbers';

export const report: Words['report'] = {
  title: (made) => `Informe de Headway, ${made}`,
  heading: 'Clasificadores de imágenes mediante aprendizaje por transferencia',
  madeBy: (version, made) =>
    `Hecho con Headway ${version}, ${made}. Nada de su contenido se ha enviado a ninguna parte.`,

  dataset: 'Conjunto de datos',
  contents: (images, classes, leftOut) =>
    `${images} en ${classes}${leftOut > 0 ? `; ${counted(leftOut, 'archivo descartado', 'archivos descartados')} al importar` : ''}.`,
  imagesByClass: 'Imágenes por clase',
  shareOfImages: 'Proporción',
  folders: {
    train: 'Carpeta de entrenamiento',
    validation: 'Carpeta de validación',
    test: 'Carpeta de prueba',
  },
  audit: 'Revisión',
  auditFailed: 'No se ha podido hacer la revisión.',
  nothingFound: 'No se ha encontrado nada.',
  findings: 'Lo que está mal, o puede estarlo, en el conjunto de datos tal como está ahora',
  kind: 'Tipo',
  finding: 'Hallazgo',

  runs: 'Ejecuciones',
  finishedRuns: 'Ejecuciones terminadas, primero las más recientes; intervalos del 95 % de Wilson',
  testAccuracy: 'Exactitud de prueba',
  verdicts:
    'Con las imágenes de validación de ambas; la prueba exacta de McNemar y el intervalo bootstrap pareado deben coincidir al 5 %',
  than: 'Respecto a',
  comparisonFailed: 'La comparación ha fallado.',
  whileTheyTrained: 'Durante el entrenamiento',
  byEpoch: { accuracy: 'Exactitud por época', loss: 'Pérdida por época' },
  ring: 'Un anillo marca la época cuyos pesos lleva la cabeza; si no hay ninguno, es la última.',

  noAnswers: 'Esta ejecución se hizo antes de que se guardaran sus respuestas; no hay con qué juzgarla.',
  cutAt: (base, cut) => `${base}, cortada en ${cut}`,
  weights: 'Pesos',
  digest: 'SHA-256 de los pesos',
  headAndTraining: 'Cabeza y entrenamiento',
  split: 'División',
  held: (images, seed) =>
    `${images.train} para entrenar, ${images.validation} para validar, ${images.test} para probar; las casi iguales, de un mismo lado; semilla ${exactly(seed)}`,
  finished: 'Terminada',
  time: 'Tiempo',
  times: (extraction, training) =>
    `${extraction === null ? 'características ya guardadas' : `${extraction.time} para ${extraction.images}`}, ${training} de entrenamiento`,
  solution: 'Solución',
  solved: (l2, gradientNorm, iterations, converged) =>
    `L2 ${l2}, norma del gradiente ${gradientNorm} tras ${counted(iterations, 'iteración', 'iteraciones')}${converged ? '' : ', sin converger'}`,
  epochKept: 'Época conservada',

  accuracy: {
    validation: (score, right, of) =>
      `Exactitud de validación ${score}: ${right} aciertos en ${of}; intervalo del 95 % de Wilson.`,
    test: (score, right, of) =>
      `Exactitud de prueba ${score}: ${right} aciertos en ${of}; intervalo del 95 % de Wilson.`,
  },
  expectedCalibrationError: 'Error de calibración esperado',
  temperature: 'Temperatura',
  takenFor: {
    validation: 'Imágenes de validación: qué se tomó por qué',
    test: 'Imágenes de prueba: qué se tomó por qué',
  },
  confusion: 'Las filas son las clases verdaderas; las columnas, lo que respondió la cabeza.',
  byClass: {
    validation: 'Por clase, imágenes de validación; intervalos del 95 % de Wilson',
    test: 'Por clase, imágenes de prueba; intervalos del 95 % de Wilson',
  },
  asTrained: 'tal como se entrenó',
  afterScaling: 'tras el escalado de temperatura',
  mistake: (truth, answer, sure, ofTruth) =>
    markup`Es ${truth}, tomada por ${answer}, con una seguridad del ${sure}; la clase verdadera, ${ofTruth}`,

  firstSuspects: (n) => `Las ${exactly(n)} primeras`,
  mostDoubtfulFirst: 'Primero las más dudosas',
  image: 'Imagen',
  shareOfSplit: 'Partición',
  labelled: 'Etiquetada como',
  probability: 'Probabilidad',
  looksLike: 'Parece',
};
