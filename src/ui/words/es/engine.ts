import type { TransferCase } from '../../../engine/analysis/advice';
import type { Finding, FindingCode } from '../../../engine/audit/finding';
import type { Note } from '../../../engine/note';
import { baseTitle } from '../../base-style';
import type { Words } from '../contract';
import type { Said } from '../en/engine';
import { counted, exactly, fixed, integer, list, percent, significant } from '../numbers';
import { errorText } from './errors';
import { faultText } from './faults';
import { reasonText } from './reasons';
import { images } from './units';

const groups = (finding: Finding): string => counted(finding.groups?.length ?? 0, 'grupo', 'grupos');

/** What the features say of the groups that the hash found. */
function withFeatures({ checkedBy, similarities = [] }: Finding, { message, advice }: Said): Said {
  if (checkedBy === undefined) return { message, advice };
  if (checkedBy === null)
    return {
      message,
      advice: `${advice} Tras una ejecución con ResNet50, las copias se comprueban también con sus características.`,
    };
  const known = similarities.filter((value) => value !== null);
  const whole =
    known.length === similarities.length
      ? ''
      : ` en ${integer(known.length)} (las demás no están calculadas)`;
  const more = known.length > 1 ? ' o más' : '';
  return {
    message: `${message} Las características de ${checkedBy} coinciden${whole}: similitud ${fixed(Math.min(...known), 2)}${more}.`,
    advice,
  };
}

const findings: Readonly<Record<FindingCode, (finding: Finding) => Said>> = {
  'copies-across-shares': (one) =>
    withFeatures(one, {
      message: `${images(one.images.length)} están, casi iguales, tanto en entrenamiento como en validación o prueba (${groups(one)}).`,
      advice: 'Quite las de un lado: si no, el resultado será mejor de lo que es.',
    }),
  'copies-across-classes': (one) =>
    withFeatures(one, {
      message: `${images(one.images.length)} casi iguales llevan etiquetas distintas (${groups(one)}).`,
      advice: 'Mírelas y deje cada una en una sola clase.',
    }),
  copies: (one) =>
    withFeatures(one, {
      message: `Hay ${images(one.images.length)} casi iguales (${groups(one)}).`,
      advice: 'Se mantienen del mismo lado de la división; quite las copias si no deben contar varias veces.',
    }),
  'maybe-copies-across-shares': (one) => ({
    message: `${images(one.images.length)} de entrenamiento y de validación o prueba quizá sean copias (${groups(one)}): distintas para la huella, casi iguales para ${one.checkedBy ?? 'la base'}.`,
    advice: 'Mírelas y quite de un lado las que lo sean.',
  }),
  'maybe-copies-across-classes': (one) => ({
    message: `${images(one.images.length)} con etiquetas distintas quizá sean copias (${groups(one)}): distintas para la huella, casi iguales para ${one.checkedBy ?? 'la base'}.`,
    advice: 'Mírelas y deje cada una en una sola clase.',
  }),
  'look-alikes': (one) => ({
    message: `${images(one.images.length)} se parecen, pero las características de ${one.checkedBy ?? 'la base'} las distinguen (${groups(one)}).`,
    advice: 'No hay nada que hacer, salvo que al mirarlas se vea otra cosa.',
  }),
  'same-file-two-classes': ({ files = 0 }) => ({
    message: `${counted(files, 'archivo estaba en dos clases y se quedó', 'archivos estaban en dos clases y se quedaron')} en la primera.`,
    advice: 'La lista de archivos descartados nombra a sus gemelos: compruebe qué clase es la correcta.',
  }),
  'not-compared': (one) => ({
    message: `${images(one.images.length)} de antes de que Headway buscara copias, sin comparar.`,
    advice: 'Quítelas y añádalas de nuevo para que se comparen.',
  }),
  'split-impossible': ({ why }) =>
    why !== undefined && 'code' in why
      ? reasonText(why)
      : {
          message: 'Hay clases demasiado pequeñas para dividirlas en entrenamiento y validación.',
          advice: 'Añada imágenes a esas clases o quítelas.',
        },
  'few-images': ({ classes = [] }) => ({
    message: `${counted(classes.length, 'clase tiene', 'clases tienen')} muy pocas imágenes: ${classes
      .slice(0, 5)
      .map(({ label, images: n }) => `«${label}» (${integer(n)})`)
      .join(', ')}${classes.length > 5 ? ', …' : '.'}`,
    advice: 'Añada más imágenes: con tan pocas no son de fiar ni la cabeza ni sus cifras.',
  }),
  imbalance: ({ classes = [] }) => {
    const [least, most] = classes;
    return {
      message:
        least === undefined || most === undefined
          ? 'Las clases tienen tamaños muy distintos.'
          : `«${most.label}» tiene ${significant(most.images / least.images)} veces más imágenes que «${least.label}» (${integer(most.images)} y ${integer(least.images)}).`,
      advice:
        'Con «Equilibrados» en los pesos de las clases cuentan lo mismo; juzgue por la exhaustividad y el F1 de cada clase, no por la exactitud.',
    };
  },
  'similar-class-names': ({ classes = [] }) => ({
    message:
      classes.length === 0
        ? 'Hay clases cuyos nombres solo difieren en la escritura.'
        : `Las clases ${list(classes.map(({ label }) => `«${label}»`))} solo difieren en la escritura.`,
    advice: 'Si son la misma, fusiónelas: la cabeza aprendería a distinguirla de sí misma.',
  }),
  'tiny-images': (one) => ({
    message: `${images(one.images.length)} de menos de 32 píxeles de ancho o de alto.`,
    advice: 'Use originales mayores si los hay: las bases miran cuadrados de 224 o 299 píxeles.',
  }),
  'huge-images': (one) => ({
    message: `${images(one.images.length)} de más de 24 megapíxeles.`,
    advice: 'Solo cuestan tiempo: nada por encima de 299 píxeles por lado llega a verse.',
  }),
  'odd-shapes': (one) => ({
    message: `${images(one.images.length)} mucho más largas en un sentido que en el otro.`,
    advice: 'Elija «Encajar con bandas» o «Recortar» en lugar de «Estirar», o recórtelas a su motivo.',
  }),
};

function noteText(note: Note): string {
  switch (note.code) {
    case 'host-failed':
      return `${note.host} no ha podido dar los pesos de ${note.source}; se prueba la fuente siguiente.`;
    case 'own-server':
      return 'Ningún servidor público ha dado los pesos; se piden los mismos archivos al servidor de esta página.';
    case 'weights-unusable':
      return `Los pesos de ${note.source} no se pueden usar; se prueba la fuente siguiente.`;
    case 'plain-kernels':
      return 'Las rutinas de cálculo más rápidas no han arrancado; calcula TensorFlow.js en su lugar.';
    case 'images-left-out':
      return `Ya no se puede leer lo guardado de ${images(note.leftOut.length)}; se sigue sin ellas. Añádalas de nuevo o quítelas: están en la lista de los datos.`;
    case 'fewer-at-once':
      return `No hay memoria para ${images(note.images)} a la vez; se sigue con ${exactly(note.fewer)}.`;
    case 'features-damaged':
      return 'Las características guardadas estaban dañadas; se calculan otra vez.';
    case 'training-crashed':
      return 'El proceso que entrena se ha interrumpido; se entrena otra vez.';
    case 'device-lost':
      return 'Se ha perdido la tarjeta gráfica; se inicia otra vez.';
    case 'device-lost-again':
      return 'Se ha vuelto a perder la tarjeta gráfica; se sigue con WebAssembly.';
    case 'worker-crashed':
      return 'El proceso de cálculo se ha interrumpido; se sigue con menos imágenes a la vez.';
  }
}

const cases: Readonly<Record<TransferCase, string>> = {
  1: 'Caso 1: pocas imágenes, parecidas a las de ImageNet. Mantenga congeladas todas las etapas y entrene una cabeza nueva con los cuellos de botella.',
  2: 'Caso 2: muchas imágenes, parecidas a las de ImageNet. Mantenga congeladas las etapas bajas y siga entrenando las altas, junto con una cabeza nueva.',
  3: 'Caso 3: pocas imágenes, distintas de las de ImageNet. Corte la base abajo, quite lo que hay por encima y entrene una cabeza nueva con las características de ahí.',
  4: 'Caso 4: muchas imágenes, distintas de las de ImageNet. Siga entrenando toda la red desde sus pesos preentrenados, junto con una cabeza nueva.',
};

export const engine: Words['engine'] = {
  error: errorText,
  fault: ({ detail, why }) => (why === undefined ? detail : faultText(why)),
  finding: (finding) => findings[finding.code](finding),
  note: noteText,
  alarm: ({ ahead, of }) => ({
    message: `En ${integer(ahead)} de ${integer(of)} épocas la validación fue mejor que el entrenamiento justo después. Puede deberse al dropout, o a imágenes de validación con las que también se entrenó.`,
    advice:
      'Busque imágenes iguales o casi iguales en ambos lados antes de fiarse de la exactitud de validación.',
  }),
  caseAdvice: (advice) => {
    const title = baseTitle(advice.base);
    const { fits, probes, probed, imagesPerClass, thresholds, isLarge, isSimilar, cut } = advice;
    const best = percent(probes.find((probe) => probe.cut === cut)!.accuracy);
    const last = percent(probes.at(-1)!.accuracy);
    const likeness = isSimilar
      ? `de ${images(probed)}, una sonda lineal reconoce el ${last} en la última etapa de ${title}, y ninguna etapa anterior lo hace significativamente mejor: sus características más especializadas convienen a estas imágenes`
      : `de ${images(probed)}, una sonda lineal reconoce el ${best} en ${cut}, pero solo el ${last} en la última etapa de ${title}: sus características más especializadas convienen menos a estas imágenes`;
    return {
      sentence: `${cases[fits]}${fits === 3 ? ` El mejor corte medido es ${cut}.` : ''}`,
      evidence: `${integer(Math.round(imagesPerClass))} imágenes de entrenamiento por clase son ${isLarge ? 'muchas' : 'pocas'} (a partir de ${integer(Math.round(thresholds.largeFrom))} serían muchas); ${likeness}.`,
    };
  },
  places: [
    ['la parte superior izquierda', 'la parte superior central', 'la parte superior derecha'],
    ['la parte izquierda', 'el centro', 'la parte derecha'],
    ['la parte inferior izquierda', 'la parte inferior central', 'la parte inferior derecha'],
  ],
};
