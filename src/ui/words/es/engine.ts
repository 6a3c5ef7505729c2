import type { TransferCase } from '../../../engine/analysis/advice';
import type { Finding, FindingCode } from '../../../engine/audit/finding';
import type { ErrorCode } from '../../../engine/errors';
import type { Note } from '../../../engine/note';
import { baseTitle } from '../../base-style';
import type { Words } from '../contract';
import type { Said } from '../en/engine';
import { counted, exactly, integer, percent } from '../numbers';
import { images } from './units';

/** One for each code, so that the compiler finds one that is missing; what the engine says more is under details. */
const errors: Readonly<Record<ErrorCode, Said>> = {
  cancelled: {
    message: 'Se ha cancelado el trabajo.',
    advice: 'Lo que estaba terminado se conserva; vuelva a empezar para seguir desde ahí.',
  },
  'too-few-classes': {
    message: 'Hay muy pocas clases.',
    advice: 'Añada una segunda clase: un clasificador necesita dos que distinguir.',
  },
  'too-few-images': {
    message: 'Hay muy pocas imágenes para esto.',
    advice: 'Añada imágenes a las clases pequeñas o cambie las proporciones de validación y prueba.',
  },
  'image-unreadable': {
    message: 'No se ha podido leer una imagen.',
    advice: 'Ábrala en otro programa y guárdela de nuevo como JPEG o PNG, o prescinda de ella.',
  },
  'image-too-large': {
    message: 'Una imagen tiene demasiados píxeles para abrirse sin riesgo.',
    advice: 'Redúzcala: nada por encima de 299 píxeles por lado llega a verse.',
  },
  'archive-unreadable': {
    message: 'No se ha podido leer el archivo comprimido.',
    advice: 'Descárguelo de nuevo, o descomprímalo y suelte la carpeta.',
  },
  'dataset-unreachable': {
    message: 'No se ha podido descargar el conjunto de datos.',
    advice: 'Compruebe la conexión e inténtelo de nuevo; lo ya descargado se conserva.',
  },
  'dataset-corrupt': {
    message: 'El conjunto de datos descargado no es el que se esperaba.',
    advice: 'Inténtelo de nuevo; si se repite, comunique los detalles.',
  },
  'weights-unreachable': {
    message: 'No se han podido descargar los pesos de la base.',
    advice: 'Compruebe la conexión e inténtelo de nuevo; lo ya descargado se conserva.',
  },
  'weights-corrupt': {
    message: 'Los pesos de la base no son los que se esperaban.',
    advice: 'Descárguelos de nuevo o use un archivo de pesos propio.',
  },
  'weights-incompatible': {
    message: 'Estos pesos no encajan en la base.',
    advice: 'Elija los pesos de esta misma red, sin su última capa, en uno de los formatos indicados.',
  },
  'backend-unavailable': {
    message: 'Este equipo no ofrece el motor de cálculo elegido.',
    advice: 'Elija otro, o «Automático», arriba en la página.',
  },
  'device-lost': {
    message: 'Se ha perdido la tarjeta gráfica a mitad del cálculo.',
    advice: 'Inténtelo de nuevo; si se repite, elija WebAssembly como motor de cálculo.',
  },
  'out-of-memory': {
    message: 'La memoria no basta.',
    advice: 'Cierre otras pestañas, o elija un lote menor, menos imágenes o una base más pequeña.',
  },
  'storage-full': {
    message: 'El navegador no tiene más espacio para esta página.',
    advice:
      'Libere espacio en el disco o quite conjuntos de datos guardados y vuelva a empezar: no se pierde nada de lo guardado.',
  },
  'memory-full': {
    message: 'La memoria en la que esta página puede guardar sus datos está llena.',
    advice:
      'Libere espacio aquí, o guarde el proyecto y siga donde el navegador permita a la página guardar datos.',
  },
  'memory-lost': {
    message: 'Se ha perdido lo que esta página tenía en la memoria.',
    advice: 'Recargue la página y empiece de nuevo, con menos imágenes.',
  },
  'storage-newer': {
    message: 'Lo guardado aquí lo escribió una versión más nueva de Headway.',
    advice: 'Cierre todas las pestañas de esta página y vuelva a abrirla, o bórrelo todo.',
  },
  'features-missing': {
    message: 'Faltan características guardadas de algunas imágenes.',
    advice: 'Vuelva a empezar: lo que falta se calcula de nuevo.',
  },
  'read-only': {
    message: 'Otra pestaña de este navegador trabaja con los mismos datos.',
    advice: 'Siga allí o ciérrela: esta pestaña tomará el relevo por sí sola.',
  },
  'storage-unavailable': {
    message: 'El navegador no deja que esta página guarde nada.',
    advice: 'Salga de la navegación privada o permita el almacenamiento de este sitio.',
  },
  'training-diverged': {
    message: 'El entrenamiento ha divergido: la pérdida ya no es un número.',
    advice: 'Elija una tasa de aprendizaje menor y vuelva a ejecutar.',
  },
  'invalid-request': {
    message: 'Esto no se puede hacer con los ajustes actuales.',
    advice: 'Cambie los ajustes según indican los detalles.',
  },
  'split-overlap': {
    message: 'Hay imágenes de validación que también se usan para entrenar.',
    advice: 'Quite las copias en la revisión de los datos y vuelva a ejecutar.',
  },
  'project-unreadable': {
    message: 'No se ha podido abrir el archivo de proyecto.',
    advice: 'Compruebe que es un archivo .headway completo; si procede de otra persona, pídalo de nuevo.',
  },
  'unknown-run': {
    message: 'Esa ejecución ya no existe.',
    advice: 'Elija otra de las ejecuciones terminadas.',
  },
  'evaluation-missing': {
    message: 'Esta ejecución se hizo antes de que se guardaran sus respuestas.',
    advice: 'Entrene otra vez la misma cabeza: los cuellos de botella están guardados.',
  },
  'not-comparable': {
    message: 'Estas ejecuciones no se pueden comparar.',
    advice: 'Compare ejecuciones con las mismas clases y las mismas imágenes de validación.',
  },
  'worker-crashed': {
    message: 'El proceso de cálculo se ha interrumpido.',
    advice: 'Inténtelo de nuevo; lo que estaba terminado se conserva.',
  },
  internal: {
    message: 'Algo ha fallado dentro de Headway.',
    advice:
      'Recargue la página; las imágenes y características guardadas se conservan. Si se repite, comunique los detalles.',
  },
};

const groups = (finding: Finding): string => counted(finding.groups?.length ?? 0, 'grupo', 'grupos');

const findings: Readonly<Record<FindingCode, (finding: Finding) => Said>> = {
  'copies-across-shares': (one) => ({
    message: `${images(one.images.length)} están, casi iguales, tanto en entrenamiento como en validación o prueba (${groups(one)}).`,
    advice: 'Quite las de un lado: si no, el resultado será mejor de lo que es.',
  }),
  'copies-across-classes': (one) => ({
    message: `${images(one.images.length)} casi iguales llevan etiquetas distintas (${groups(one)}).`,
    advice: 'Mírelas y deje cada una en una sola clase.',
  }),
  copies: (one) => ({
    message: `Hay ${images(one.images.length)} casi iguales (${groups(one)}).`,
    advice: 'Se mantienen del mismo lado de la división; quite las copias si no deben contar varias veces.',
  }),
  'maybe-copies-across-shares': (one) => ({
    message: `${images(one.images.length)} de entrenamiento y de validación o prueba quizá sean copias (${groups(one)}).`,
    advice: 'Mírelas y quite de un lado las que lo sean.',
  }),
  'maybe-copies-across-classes': (one) => ({
    message: `${images(one.images.length)} con etiquetas distintas quizá sean copias (${groups(one)}).`,
    advice: 'Mírelas y deje cada una en una sola clase.',
  }),
  'look-alikes': (one) => ({
    message: `${images(one.images.length)} se parecen, pero las características de la base las distinguen (${groups(one)}).`,
    advice: 'No hay nada que hacer, salvo que al mirarlas se vea otra cosa.',
  }),
  'same-file-two-classes': (one) => ({
    message: `El mismo archivo estaba en dos clases (${images(one.images.length)}).`,
    advice: 'Compruebe que se quedó en la clase correcta.',
  }),
  'not-compared': () => ({
    message: 'Son demasiadas imágenes para buscar copias entre todas.',
    advice: 'Quite usted mismo las copias si las hay.',
  }),
  'split-impossible': () => ({
    message: 'Hay clases demasiado pequeñas para dividirlas en entrenamiento y validación.',
    advice: 'Añada imágenes a esas clases o quítelas.',
  }),
  'few-images': () => ({
    message: 'Hay clases con muy pocas imágenes.',
    advice: 'Añada más imágenes: con tan pocas, las cifras son inciertas.',
  }),
  imbalance: () => ({
    message: 'Las clases tienen tamaños muy distintos.',
    advice: 'Elija «Equilibrados» en los pesos de las clases, o añada imágenes a las pequeñas.',
  }),
  'similar-class-names': () => ({
    message: 'Hay clases cuyos nombres solo difieren en la escritura.',
    advice: 'Fusiónelas si son la misma.',
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
  error: ({ code }) => errors[code],
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
