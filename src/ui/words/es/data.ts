import { html } from 'lit';
import type { Words } from '../contract';
import { counted, exactly, integer } from '../numbers';
import { images } from './units';

const sides = { train: 'entrenamiento', validation: 'validación', test: 'prueba' };

export const shares: Words['shares'] = {
  names: sides,
  counted: {
    train: (n) => `${n} de entrenamiento`,
    validation: (n) => `${n} de validación`,
    test: (n) => `${n} de prueba`,
  },
  drawn: {
    validation: (share, first) => `${share}${first ? ' de cada clase' : ''} para validación`,
    test: (share, first) => `${share}${first ? ' de cada clase' : ''} para prueba`,
  },
  heldOut: (parts) => `Se reserva: ${parts}.`,
};

export const leftOut: Words['leftOut'] = {
  title: (n) => `${counted(n, 'archivo descartado', 'archivos descartados')}, y por qué`,
  ignored: (n) =>
    `${counted(n, 'archivo oculto o del sistema ignorado', 'archivos ocultos o del sistema ignorados')}.`,
  more: (n) => `y ${integer(n)} más`,
  reasons: {
    'empty-file': (n) => counted(n, 'archivo vacío', 'archivos vacíos'),
    'not-an-image': (n) => counted(n, 'archivo que no es una imagen', 'archivos que no son imágenes'),
    unreadable: (n) =>
      counted(n, 'imagen que no se ha podido decodificar', 'imágenes que no se han podido decodificar'),
    damaged: (n) =>
      counted(
        n,
        'imagen dañada en el disco y excluida de los entrenamientos: añada el archivo de nuevo o quite la imagen',
        'imágenes dañadas en el disco y excluidas de los entrenamientos: añada los archivos de nuevo o quite las imágenes',
      ),
    'too-large': (n) => `${images(n)} con demasiados píxeles para abrirse sin riesgo`,
    'no-label': (n) => `${images(n)} fuera de toda carpeta y, por tanto, sin etiqueta`,
    duplicate: (n) => `${counted(n, 'copia exacta', 'copias exactas')} de una imagen ya presente`,
    'duplicate-other-label': (n) =>
      counted(n, 'imagen encontrada con dos etiquetas', 'imágenes encontradas con dos etiquetas'),
  },
};

export const audit: Words['audit'] = {
  kinds: { error: 'Problema', warning: 'Advertencia', info: 'Nota' },
  counted: {
    error: (n) => counted(n, 'problema', 'problemas'),
    warning: (n) => counted(n, 'advertencia', 'advertencias'),
    info: (n) => counted(n, 'nota', 'notas'),
  },
  clean: (looked) => `No se ha encontrado ningún problema en ${looked}.`,
  found: (grave, what, looked) => `${grave ? '' : 'Ningún problema, pero '}${what} en ${looked}.`,
  notes: (n) => `${counted(n, 'nota', 'notas')}, solo para que lo sepa`,
  toLookAt: 'Imágenes que revisar',
  lookAt: (n) => `${images(n)} que revisar`,
  remedies: {
    merge: (from, to) => `Fusionar «${from}» con «${to}»`,
    move: (n, to) => `Mover ${images(n)} a ${sides[to]}`,
    relabel: (n, to) => `Pasar ${images(n)} a «${to}»`,
    dropCopies: (n) => `Quitar ${counted(n, 'copia', 'copias')}`,
    dropFrom: {
      train: (n) => `Quitar ${images(n)} de entrenamiento`,
      validation: (n) => `Quitar ${images(n)} de validación`,
      test: (n) => `Quitar ${images(n)} de prueba`,
    },
    dropAll: (n) => (n > 1 ? `Quitar las ${images(n)}` : `Quitar ${images(n)}`),
    dropClass: (label) => `Quitar la clase «${label}»`,
    dropClasses: (n) => `Quitar estas ${integer(n)} clases`,
  },
  edits: {
    drop: (n) => `Se ${n === 1 ? 'ha' : 'han'} quitado ${images(n)}.`,
    move: (n, to) => `Se ${n === 1 ? 'ha' : 'han'} movido ${images(n)} a ${sides[to]}.`,
    relabel: (n, to) => `Se ${n === 1 ? 'ha' : 'han'} pasado ${images(n)} a «${to}».`,
    merge: (n, from, to) => `${images(n)} de «${from}» ${n === 1 ? 'está' : 'están'} ahora en «${to}».`,
  },
  undo: 'Deshacer',
  title: 'Revisión de los datos',
  afterImport: 'Se revisará cuando termine la importación.',
  checking: 'Revisando…',
  alike: (n) => `${exactly(n)} parecidas`,
  showAll: (images) => `Mostrar todas (${images} más)`,
  showMore: (images) => `Mostrar más (quedan ${images})`,
  similarity: 'Similitud {0}',
  removePath: (path) => `Quitar ${path}`,
  remove: 'Quitar',
  problem: 'Problema con los datos',
  seeIt: 'Ver en la revisión de los datos',
};

export const firstData: Words['firstData'] = {
  tree: [
    html`mascotas/`,
    html`├─ <b>gato/</b> <i>clase «gato»</i>`,
    html`│ ├─ 1.jpg`,
    html`│ └─ …`,
    html`└─ <b>perro/</b> <i>clase «perro»</i>`,
    html` ├─ 7.png`,
    html` └─ …`,
  ],
  title: 'Suelte carpetas de imágenes en cualquier parte de esta página',
  text: html`Cada carpeta pasa a ser una clase, y su nombre, la etiqueta. Si están dentro de carpetas llamadas
    <code>train</code>, <code>val</code> o <code>test</code>, estas fijan las particiones.`,
  sample:
    'La muestra es un extracto de las imágenes de prueba de CIFAR-10 (Krizhevsky 2009): diez clases, 32 × 32 píxeles.',
  treeLabel: 'Una carpeta «mascotas» con dos carpetas de imágenes, «gato» y «perro»',
  addFolder: 'Añadir carpeta…',
  chooseFolder: 'Elegir una carpeta…',
  addImages: 'Añadir imágenes…',
  chooseImages: 'Elegir imágenes…',
  trySample: 'Probar la muestra',
  folder: 'Carpeta de imágenes',
  images: 'Imágenes de una clase',
};

export const data: Words['data'] = {
  filesFound: (integer) => `${integer} archivos encontrados`,
  reading: 'Leyendo',
  download: 'Descarga',
  importing: 'Importando',
  cancelImport: 'Cancelar la importación',
  imagesInClasses: (images, classes) => `${images} en ${classes}`,
  foldersSetShares: (shares) => `Sus carpetas fijan las particiones: ${shares}.`,
  clearEverythingAsk: 'Borrar todo…',
  whichClass: '¿De qué clase es esta imagen?',
  whichClassOfMany: (n) => `¿De qué clase son estas ${exactly(n)} imágenes?`,
  looseImages: 'Las imágenes sueltas no tienen una carpeta que nombre su clase; nómbrela aquí.',
  add: 'Añadir',
  class: 'Clase',
  renameThis: 'Cambiar el nombre de esta clase',
  renameMerges: 'El nombre de una clase que ya existe fusiona las dos.',
  rename: 'Renombrar',
  removeAsk: (name) => `¿Quitar «${name}»?`,
  removeText: (images) =>
    `${images} saldrán del conjunto de datos. Sus propios archivos se quedan donde están.`,
  removeClass: 'Quitar la clase',
  clearAsk: '¿Borrar todo?',
  clearText:
    'Se olvidan las imágenes, los cuellos de botella y las ejecuciones terminadas. Sus propios archivos y las bases descargadas se quedan.',
  clearEverything: 'Borrar todo',
  classes: 'Clases',
  images: 'imágenes',
  imagesOf: (label) => `Imágenes de ${label}`,
  pixelsAndSize: (width, height, size) => `${exactly(width)} × ${exactly(height)} píxeles, ${size}`,
  removeImage: 'Quitar la imagen',
  pickAnImage: 'Elija una imagen para ver su archivo o para quitarla.',
  pathAndPixels: (path, width, height) => `${path}, ${exactly(width)} × ${exactly(height)} píxeles`,
  dropToAdd: 'Suelte para añadir al conjunto de datos',
};
