import type { ErrorCode, ErrorData } from '../../../engine/errors';
import type { Said } from '../en/engine';
import { faultText } from './faults';
import { reasonText } from './reasons';

/** What an error of each code has in common; the compiler finds one that is missing. */
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
    message: 'Una imagen es demasiado grande para abrirse sin riesgo.',
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
    advice:
      'Lo que estaba terminado se conserva. Inténtelo de nuevo; si se repite, recargue la página, cierre otras pestañas o use menos bases a la vez.',
  },
  internal: {
    message: 'Algo ha fallado dentro de Headway.',
    advice:
      'Recargue la página; las imágenes y características guardadas se conservan. Si se repite, comunique los detalles.',
  },
};

/** An error as precisely as its reason allows; of a file, with what is wrong with it. */
export function errorText({ code, why }: Pick<ErrorData, 'code' | 'why'>): Said {
  const general = errors[code];
  if (why === undefined) return general;
  if (!('fault' in why)) return reasonText(why);
  return { message: `${general.message} ${faultText(why)}.`, advice: general.advice };
}
