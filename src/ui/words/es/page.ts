import { html } from 'lit';
import type { BackendState } from '../../../session/state';
import type { Words } from '../contract';
import { counted, exactly } from '../numbers';

export const header: Words['header'] = {
  promise: 'Nada sale de este equipo.',
  backend: 'Motor de cálculo: ',
  steps: 'Pasos',
  replay: 'Repetir 2017',
  language: 'Idioma',
};

export const page: Words['page'] = {
  intro: html`Enseñe a una red preentrenada sus propias clases, aquí mismo en el navegador: suelte carpetas de
    imágenes y llévese un clasificador. O <a href="#replay">repita el artículo</a> con el que empezó todo.`,
  opening: 'Abriendo lo que se guardó en visitas anteriores…',
  footer:
    'Headway es software libre (MIT). Las imágenes, los cuellos de botella y las cabezas se quedan en el almacenamiento de este navegador; las bases son las redes de Keras entrenadas con ImageNet y se descargan una sola vez.',
  newerVersion:
    'Hay una versión más nueva de Headway lista. Las imágenes y los resultados se quedan; una ejecución en curso se vuelve a ofrecer.',
  loadIt: 'Cargarla',
  details: (code) => `Detalles para un informe (${code})`,
  dismiss: 'Descartar este mensaje',
  cancel: 'Cancelar',
  zipFile: 'Archivo zip',
  projectFile: 'Proyecto de Headway',
  step: (number) => `Paso ${exactly(number)}:`,
  done: '(hecho)',
  enterNumber: 'Introduzca un número.',
  enterWhole: 'Introduzca un número entero.',
  least: (min) => `El mínimo es ${exactly(min)}.`,
  most: (max) => `El máximo es ${exactly(max)}.`,
  titlePaused: 'En pausa – Headway',
  titleShare: (share, title) => `${share} ${title} – Headway`,
};

export const steps: Words['steps'] = {
  data: { title: 'Datos', lead: 'Carpetas de imágenes; cada carpeta es una clase.' },
  base: { title: 'Base', lead: 'Una red que aprendió a ver con ImageNet y que le presta sus ojos.' },
  run: {
    title: 'Entrenar',
    lead: 'La cabeza es la pequeña red que distingue sus clases; una época es una pasada por los datos.',
  },
  results: {
    title: 'Resultados',
    lead: 'Medidos con imágenes de validación, que el entrenamiento nunca ve.',
  },
  'take-away': {
    title: 'Para llevar',
    lead: 'Use en otra parte lo que ha entrenado: cada paquete demuestra que sigue prediciendo lo mismo.',
  },
};

const backends = { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'JavaScript puro' };

const adapterName = ({ name }: BackendState['gpus']['webgl']): string => name || 'un adaptador sin nombre';

function chosenBackend({ chosen, threads, gpus, ownKernels }: BackendState): string {
  if (chosen === 'cpu') return backends.cpu;
  if (chosen !== 'wasm') return `${backends[chosen]} en ${adapterName(gpus[chosen])}`;
  const alone = threads === 1 ? ' (más de uno exige aislamiento entre orígenes)' : '';
  return `${backends.wasm} con ${counted(threads, 'hilo', 'hilos')}${alone}${ownKernels ? ', con rutinas de cálculo propias' : ''}`;
}

const absent = {
  'no-interface': 'este navegador no lo tiene',
  'no-adapter': 'no ha encontrado ningún adaptador',
  'no-float32': 'el adaptador no puede escribir en texturas float32',
  failed: 'ha fallado al iniciarse',
};

function skippedBackends({ gpus }: BackendState): string[] {
  return (['webgpu', 'webgl'] as const)
    .filter((id) => !gpus[id].present || gpus[id].software)
    .map((id) =>
      gpus[id].present
        ? `${adapterName(gpus[id])} es una GPU por software, más lenta que ${backends.wasm}`
        : `${backends[id]} no está disponible${gpus[id].why ? ` (${absent[gpus[id].why]})` : ''}`,
    );
}

export const backend: Words['backend'] = {
  titles: backends,
  explained: {
    webgpu: 'La tarjeta gráfica mediante la interfaz más nueva: lo más rápido, donde funciona.',
    webgl: 'La tarjeta gráfica mediante la interfaz anterior.',
    wasm: 'El procesador, con instrucciones vectoriales e hilos.',
    cpu: 'El procesador sin nada de eso: muy lento, solo para comprobaciones.',
  },
  computing: (backendTitle) => `Se calcula con ${backendTitle}`,
  description: (state) => [chosenBackend(state), ...skippedBackends(state)].join('; '),
  label: 'Motor de cálculo',
  automatic: 'Automático',
  automaticText: 'El mejor que tiene este equipo.',
  done: 'Listo',
};

export const camera: Words['camera'] = {
  notFound: {
    message: 'No se ha encontrado ninguna cámara.',
    advice: 'Conecte una e inténtelo de nuevo, o elija una imagen.',
  },
  notAllowed: {
    message: 'El navegador no puede usar la cámara.',
    advice: 'Permítalo en la barra de direcciones e inténtelo de nuevo, o elija una imagen.',
  },
  silent: {
    message: 'La cámara no responde.',
    advice: 'Cierre otros programas que la usen e inténtelo de nuevo, o elija una imagen.',
  },
  unreachable: {
    message: 'Esta página no puede acceder a una cámara.',
    advice: 'Los navegadores solo lo permiten con https y en localhost; elija una imagen.',
  },
  trouble: {
    message: 'No se ha podido iniciar la cámara.',
    advice: 'Inténtelo de nuevo o elija una imagen.',
  },
  picture: 'La imagen de la cámara',
  stop: 'Detener la cámara',
  waiting: 'Esperando la primera imagen…',
  perSecond: (decimal) => `${decimal} imágenes por segundo`,
};
