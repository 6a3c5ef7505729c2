import type { Words } from '../contract';
import { counted } from '../numbers';
import { images } from './units';

const runs = (n: number) => counted(n, 'entrenamiento', 'entrenamientos');

export const storage: Words['storage'] = {
  chip: 'Almacenamiento',
  free: 'Liberar espacio…',
  title: 'Qué hay guardado en este navegador',
  looking: 'Mirando…',
  nothing: 'Todavía no hay nada guardado.',
  list: 'Guardado',
  done: 'Listo',
  room: (used, quota) => `${used} en uso de los ${quota} que este navegador concede a la página.`,
  kept: 'El navegador lo conserva hasta que usted lo quite.',
  mayGo: 'El navegador puede borrarlo cuando falte espacio en el disco.',
  keep: 'Pedirle que lo conserve todo',
  refused: 'No se ha comprometido a conservarlo; instalar la página como aplicación ayuda.',
  goOnInMemory: 'Seguir en memoria',
  inMemory: 'Está en la memoria y se pierde al cerrar esta página.',
  memoryRoom: (used, limit) => `${used} en uso de ${limit} de memoria.`,
  remove: (what) => `Quitar: ${what}`,
  sure: (what) => `¿Quitar «${what}»?`,
  action: 'Quitar',

  unknownBase: 'otra red',
  at: (base, cut) => `${base} en ${cut}`,
  again: (n) => `${images(n)}; se calcula de nuevo cuando haga falta`,
  images: 'Imágenes',
  imagesSure: (n) =>
    `Este navegador olvida ${images(n)}; sus archivos quedan como están. Las características y los entrenamientos se conservan.`,
  removed: 'Imágenes quitadas',
  removedText: (n) => `${images(n)}, guardadas por si se deshace`,
  features: (base) => `Características de ${base}`,
  maps: (base) => `Mapas de características de ${base}`,
  weights: (base) => `Pesos de ${base}`,
  weightsText: (source) => `${source}; se descarga de nuevo cuando haga falta`,
  own: (base) => `Sus propios pesos para ${base}`,
  ownText: 'Habría que volver a dar el archivo',
  ownSure: (base) => `${base} volverá a usar los pesos publicados.`,
  runs: 'Entrenamientos',
  runsText: (n) => `${runs(n)} con cabezas, resultados y bases entrenadas`,
  runsSure: (n) => `Se quitará todo lo aprendido en ${runs(n)}. No se puede deshacer.`,
  unfinished: 'Un entrenamiento interrumpido',
  unfinishedText: 'Tendría que empezar de nuevo',
  cifar10: 'Los archivos de CIFAR-10',
  cifar10Text: 'Se descargan de nuevo cuando haga falta',
  other: 'Guardado por otra versión',
  otherText: 'Esta página no sabe qué es',
};

export const tabs: Words['tabs'] = {
  reads:
    'Headway está abierto en otra pestaña, que trabaja con los mismos datos. Aquí se pueden mirar los resultados; esta pestaña toma el relevo cuando la otra se cierre.',
  newer:
    'Una versión más nueva de Headway ha guardado cosas que esta no sabe leer. Cierre todas las pestañas de esta página y vuelva a abrirla: así llega la versión nueva. O bórrelo todo y empiece de cero.',
  inMemory: {
    blocked:
      'Nada se conservará al cerrar esta página: el navegador no le permite guardar datos, como en una ventana privada. Todo lo demás funciona; guarde el proyecto en un archivo para conservarlo.',
    full: 'Lo que haga desde ahora no se conservará al cerrar esta página: solo está en la memoria. Guarde el proyecto en un archivo para conservarlo. Lo ya guardado sigue guardado.',
  },
  startOver: 'Borrarlo todo…',
  startOverSure:
    'Se quitan de este navegador las imágenes, las características, los entrenamientos y los pesos descargados. No se puede deshacer.',
  clear: 'Borrarlo todo',
};
