import type { ErrorCase } from '../../../engine/reason';
import { baseTitle } from '../../base-style';
import type { Said } from '../en/engine';
import { counted, exactly, integer, percent, plural } from '../numbers';
import { shares } from './data';
import { backend } from './page';
import { fields } from './runs';
import { images } from './units';

const wait = 'Espere a que termine, o cancele lo que está en curso.';

const notTheSame = 'Las dos ejecuciones no se juzgaron con las mismas imágenes.';
const again =
  'Ejecute ambas otra vez con las mismas imágenes, semilla y proporciones: así se pregunta a las dos por cada imagen.';

const busy = {
  run: 'Ya hay una ejecución en curso.',
  export: 'Ya hay una exportación en curso.',
  storage: 'Lo guardado está en uso: hay una ejecución o una importación en curso.',
  weights: 'Hay una ejecución en curso con estos pesos.',
};

const tooFewFor: Readonly<Record<(ErrorCase & { code: 'too-few-for' })['what'], Said>> = {
  'label-errors': {
    message: 'Hay muy pocas imágenes para decir qué etiquetas están mal.',
    advice: 'Añada imágenes: cada clase necesita al menos dos que no sean casi iguales.',
  },
  'learning-curve': {
    message: 'Hay muy pocas imágenes para una curva de aprendizaje.',
    advice:
      'Necesita imágenes de validación y más de dos de entrenamiento por clase: añada algunas y vuelva a ejecutar.',
  },
  map: {
    message: 'Quedan menos de tres imágenes de esta ejecución en el conjunto de datos.',
    advice: 'Añada imágenes y vuelva a ejecutar.',
  },
  probes: {
    message: 'Hay muy pocas imágenes para medir.',
    advice: 'Añada imágenes: al menos dos clases necesitan dos de entrenamiento cada una.',
  },
  speed: { message: 'No hay ninguna imagen con la que medir.', advice: 'Primero añada imágenes.' },
};

/** A setting as the page calls it; what only scripts can set, by its name there. */
function fieldName(field: string): string {
  const name = field.replace(/^(head|earlyStopping|augmentation)\./, '');
  return Object.hasOwn(fields, name) ? `«${fields[name as keyof typeof fields].label}»` : field;
}

/** What happened and what to do about it, of each case of the codes that have several. */
export function reasonText(why: ErrorCase): Said {
  switch (why.code) {
    case 'image-gone':
      return {
        message: `La imagen «${why.path}» ya no está guardada.`,
        advice: 'Quítela del conjunto de datos o añádala otra vez, y vuelva a ejecutar.',
      };
    case 'image-damaged':
      return {
        message: `La imagen guardada «${why.path}» ya no se puede leer.`,
        advice: 'Quítela del conjunto de datos o añádala otra vez, y vuelva a ejecutar.',
      };
    case 'pictures-gone':
      return {
        message: 'Ya no está guardada ninguna de las imágenes de validación de esta ejecución.',
        advice: 'Exporte con imágenes de prueba generadas.',
      };
    case 'no-images':
      return {
        message: 'Todavía no hay imágenes.',
        advice: 'Añada una carpeta de imágenes por clase; el nombre de cada carpeta es una clase.',
      };
    case 'one-class':
      return {
        message: `Solo hay una clase${why.label === null ? '' : `, «${why.label}»`}: un clasificador necesita al menos dos.`,
        advice: 'Añada otra carpeta de imágenes; el nombre de cada carpeta es una clase.',
      };
    case 'run-classes-gone':
      return {
        message: 'De las imágenes de esta ejecución quedan menos de dos clases en el conjunto de datos.',
        advice: 'Añada imágenes, ejecute otra vez y analice la ejecución nueva.',
      };
    case 'class-too-small': {
      const usable =
        why.drawable === why.images
          ? ''
          : `, ${exactly(why.drawable)} de ellas fuera de las carpetas de prueba y validación`;
      return {
        message: `La clase «${why.label}» tiene ${images(why.images)}${usable}: muy pocas para entrenar y juzgar.`,
        advice: `Dé a esa clase al menos ${images(why.least)} entre las que elegir, o quítela.`,
      };
    }
    case 'side-empty':
      return {
        message: `No hay imágenes ${why.side === 'train' ? 'para entrenar' : 'de validación'}.`,
        advice: 'Añada imágenes o cambie la proporción que se reserva para validación.',
      };
    case 'side-unreadable':
      return {
        message: `No se ha podido leer ninguna imagen ${why.side === 'train' ? 'de entrenamiento' : 'de validación'}.`,
        advice: 'Quite las imágenes dañadas o añada otras, y vuelva a ejecutar.',
      };
    case 'too-few-for':
      return tooFewFor[why.what];
    case 'weights-damaged':
      return {
        message: `Este archivo ${why.format} está dañado.`,
        advice: 'Descárguelo de nuevo o elija otra fuente de pesos.',
      };
    case 'weights-file-gone':
      return {
        message: 'No se puede leer el archivo de pesos.',
        advice: 'Elíjalo otra vez; quizá se haya movido o cambiado.',
      };
    case 'weights-unknown':
      return {
        message: 'Este no es un archivo de pesos que Headway pueda leer.',
        advice:
          'Elija un .h5 de Keras, un .safetensors, un .tflite, o un model.json con sus fragmentos (también en un .zip).',
      };
    case 'weights-too-large':
      return {
        message: 'Este archivo de pesos es mayor que cualquier base.',
        advice: 'Elija el archivo de pesos de esta red, si hay dos, sin su clasificador.',
      };
    case 'no-keras-weights':
      return {
        message: 'Este archivo HDF5 no contiene pesos tal como los escribían Keras 1 y 2.',
        advice: 'Elija el archivo de pesos de esta red, si hay dos, sin su clasificador.',
      };
    case 'other-network':
      return {
        message: `Estos no son los pesos de ${why.net}.`,
        advice: 'Elija el archivo de pesos de esta red, si hay dos, sin su clasificador.',
      };
    case 'weights-of-another':
      return {
        message: `Este es el archivo de pesos oficial de Keras para ${baseTitle(why.given)}, no para ${baseTitle(why.base)}.`,
        advice: `Delo a ${baseTitle(why.given)}, o elija el de ${baseTitle(why.base)}.`,
      };
    case 'shards-missing':
      return {
        message: `Los pesos del modelo no están completos: ${plural(why.files, 'falta', 'faltan')} ${counted(why.files, 'archivo', 'archivos')}.`,
        advice: 'Elija model.json junto con todos sus archivos .bin, o un solo .zip con ellos.',
      };
    case 'own-weights-gone':
      return {
        message: `Los pesos de ${baseTitle(why.base)} con los que se hizo esta ejecución ya no están aquí.`,
        advice: 'Elija otra vez el mismo archivo de pesos, o ejecute de nuevo con los pesos en uso.',
      };
    case 'backend-silent':
      return {
        message: `El motor de cálculo ${backend.titles[why.backend]} no arranca en este navegador.`,
        advice: 'Elija otro, o «Automático», arriba en la página.',
      };
    case 'batch-memory':
      return {
        message: 'No había memoria suficiente para este lote de imágenes.',
        advice: 'Cierre otras pestañas, o elija un lote menor u otro motor de cálculo.',
      };
    case 'canvas-memory':
      return {
        message: 'El navegador no tiene más memoria para dibujar una imagen.',
        advice: 'Cierre otras pestañas y vuelva a empezar: lo que estaba terminado se conserva.',
      };
    case 'keras-file-memory':
      return {
        message: 'El navegador no ha podido escribir el archivo de Keras.',
        advice:
          'Cierre otras páginas e inténtelo de nuevo, o exporte como ONNX o TensorFlow.js, que necesitan menos memoria.',
      };
    case 'busy':
      return { message: busy[why.with], advice: wait };
    case 'mirror-address':
      return {
        message: 'Esta no es la dirección de un servidor web.',
        advice: 'Indique una dirección que empiece por https:// o http://, sin usuario ni contraseña.',
      };
    case 'out-of-range':
      return {
        message: `${fieldName(why.field)} está fuera de sus límites: puede ser ${why.whole ? 'un número entero' : 'un número'} de ${exactly(why.least)} a ${exactly(why.most)}.`,
        advice: 'Cámbielo y vuelva a empezar.',
      };
    case 'shares-too-large':
      return {
        message: 'Las proporciones de validación y prueba no dejan nada con que entrenar.',
        advice: `Redúzcalas: juntas han de quedar por debajo del ${percent(1, 0)}.`,
      };
    case 'squares-too-small':
      return {
        message: `${why.net} exige cuadrados de al menos ${exactly(why.least)} píxeles por lado.`,
        advice: 'Elija un tamaño de entrada mayor.',
      };
    case 'head-needs-base':
      return {
        message: `La cabeza de esta ejecución solo funciona con su propia ${baseTitle(why.base)}, que siguió entrenando.`,
        advice: 'Llévese base y cabeza en uno: como TensorFlow.js, Keras u ONNX.',
      };
    case 'float16-overflow':
      return {
        message: 'Un peso de esta base no cabe en 16 bits.',
        advice: 'Exporte con pesos float32, sin «La mitad de tamaño».',
      };
    case 'stages-know-labels':
      return {
        message:
          'Esta ejecución entrenó etapas de su base: estas conocen todas sus imágenes de entrenamiento y sus etiquetas.',
        advice: 'Ejecute las mismas imágenes con una base congelada y analice esa ejecución.',
      };
    case 'nothing-left':
      return {
        message: `Cortada en su entrada y sin nada de lo que hay por encima, de ${baseTitle(why.base)} no queda nada.`,
        advice: 'Conserve y entrene lo que hay por encima, o corte en una de sus etapas.',
      };
    case 'nothing-above':
      return {
        message: `Por encima de la última etapa de ${baseTitle(why.base)} no hay nada que entrenar.`,
        advice: 'Corte más abajo.',
      };
    case 'exact-with-stages':
      return {
        message: 'Una cabeza exacta no se puede entrenar junto con etapas de la base.',
        advice: 'Elija una cabeza densa.',
      };
    case 'no-base':
      return { message: 'No se ha elegido ninguna base.', advice: 'Elija al menos una.' };
    case 'unknown-class':
      return {
        message: `Esta ejecución no conoce ninguna clase «${why.label}».`,
        advice: 'Elija una de las clases con las que se entrenó.',
      };
    case 'features-not-numbers':
      return {
        message: 'El motor de cálculo ha dado características que no son números.',
        advice: 'Elija otro y vuelva a ejecutar.',
      };
    case 'maps-overflow':
      return {
        message: 'Las características en este corte son demasiado grandes para guardarse en 16 bits.',
        advice: 'Corte la base en otra etapa.',
      };
    case 'demo-part':
      return {
        message: 'No se ha podido cargar una parte de Headway que va en la página sin conexión.',
        advice: 'Conéctese al servidor del que vino esta página, recárguela y exporte otra vez.',
      };
    case 'loss-not-finite':
      return {
        message: `El entrenamiento ha divergido: en la época ${integer(why.epoch)} la pérdida ya no era un número finito.`,
        advice: `Reduzca la tasa de aprendizaje (ahora ${exactly(why.learningRate)}; pruebe con la décima parte) y vuelva a ejecutar: las características extraídas se conservan.`,
      };
    case 'exact-unsolved':
      return {
        message: 'No se ha podido resolver la cabeza exacta: su pérdida no es un número finito.',
        advice: 'Algunas características están dañadas: bórrelo todo y extráigalas otra vez.',
      };
    case 'no-test-images':
      return {
        message: 'Esta ejecución no reservó imágenes de prueba.',
        advice: 'Entrene otra vez la misma cabeza: las características se conservan y tarda un momento.',
      };
    case 'no-run':
      return {
        message: 'No hay ninguna ejecución terminada a la que preguntar.',
        advice: 'Primero entrene una cabeza.',
      };
    case 'other-classes':
      return { message: `${notTheSame} Distinguen clases diferentes.`, advice: again };
    case 'other-labels':
      return {
        message: `${notTheSame} Entre una y otra, algunas imágenes han cambiado de clase.`,
        advice: again,
      };
    case 'other-images':
      return {
        message: `${notTheSame} De ${integer(why.of[0])} y ${integer(why.of[1])} imágenes de validación comparten ${integer(why.shared)}.`,
        advice: again,
      };
    case 'overlap':
      return {
        message: `${counted(why.images, 'imagen se usa', 'imágenes se usan')} a la vez para ${shares.names[why.sides[0]]} y ${shares.names[why.sides[1]]}: el resultado diría lo bien que la cabeza recuerda, no lo bien que reconoce.`,
        advice: 'Empiece de nuevo desde las imágenes, de modo que cada una esté solo en un lado.',
      };
    case 'project-newer':
      return {
        message: `Este proyecto lo escribió un Headway más nuevo (versión ${exactly(why.version)} del formato; esta página lee hasta la ${exactly(why.most)}).`,
        advice: 'Recargue esta página para tener la versión nueva y ábralo otra vez.',
      };
  }
}
