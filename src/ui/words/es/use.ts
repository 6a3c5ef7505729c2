import { html } from 'lit';
import type { Words } from '../contract';
import { counted, exactly, integer } from '../numbers';

export const tryIt: Words['tryIt'] = {
  noneOfThese: 'ninguna de estas',
  title: 'Probar',
  text: 'Suelte o pegue aquí imágenes, o una carpeta de ellas: cada ejecución terminada las clasifica, y no se guardan en ninguna parte.',
  chooseImages: 'Elegir imágenes…',
  chooseFolder: 'Elegir una carpeta…',
  useCamera: 'Usar la cámara',
  imagesToClassify: 'Imágenes que clasificar',
  mostLikely: (said) => `Lo más probable: ${said}`,
  imageToClassify: (name) => `La imagen que clasificar: ${name}`,
  classifying: 'Clasificando…',
  notClassified: 'No se ha podido clasificar esta imagen.',
  noImage: 'No hay ninguna imagen entre estos archivos.',
  dropImages: 'Suelte imágenes JPEG, PNG o WebP.',
  fromCamera: 'de la cámara',
  workingOut: 'Averiguando en qué se fija…',
  for: 'A favor de',
  exact: 'exacto: la cabeza es lineal',
  byGradient: 'por el gradiente a través de las capas ocultas',
  nearest: 'Imágenes de entrenamiento más cercanas, por sus características',
  lookingThrough: 'Buscando entre las imágenes de entrenamiento…',
  noneLeft: 'Ninguna de las imágenes de entrenamiento de esta ejecución está en el conjunto de datos.',
  nearestOf: (name) => `Imágenes de entrenamiento más cercanas de ${name}`,
  cosine: (fixed) => `coseno ${fixed}`,
  lessSure: (percent) => html`<strong>Ninguna de estas</strong>: seguridad menor del ${percent}`,
  lessLikely: (n) => `y ${n} menos probables`,
  classified: (images) => `${images} clasificadas.`,
  stopped: (done, all) => `Detenido: ${done} de ${exactly(all)} clasificadas.`,
  save: 'Guardar como CSV',
  classifyingLabel: 'Clasificando',
  answers: 'Respuestas',
  image: 'Imagen',
  showMore: (images) => `Mostrar más (quedan ${images})`,
  notAsked: 'sin preguntar',
  picture: 'La imagen',
  noPlace: (label) => `La imagen; ningún lugar de ella habla a favor de ${label}`,
  place: (place, label) => `La imagen; ${place} es lo que más habla a favor de ${label}`,
  is: 'Es',
  called: 'Respuesta',
  sure: (percent) => `seguridad ${percent}`,
  trueClass: (percent) => `, clase verdadera ${percent}`,
};

export const takeaway: Words['takeaway'] = {
  formats: {
    demo: {
      title: 'Página sin conexión',
      purpose: 'Para enseñarlo: se abre con un doble clic y clasifica imágenes y la cámara web, sin red.',
    },
    tfjs: {
      title: 'TensorFlow.js',
      purpose: 'Para una página web o Node: base y cabeza en uno, de la imagen a las probabilidades.',
    },
    keras: {
      title: 'Keras 3',
      purpose: 'Para Python: base y cabeza en un archivo .keras, para usarlo o seguir entrenando.',
    },
    'keras-h5': {
      title: 'Keras 2, HDF5',
      purpose: 'Para programas de Python antiguos y herramientas que piden un archivo .h5.',
    },
    onnx: { title: 'ONNX', purpose: 'Para ONNX Runtime: C++, C#, Java, Python, móviles y servidores.' },
    'tfjs-head': {
      title: 'Solo la cabeza',
      purpose: 'Para programas que calculan ellos mismos las características con la misma base.',
    },
    'keras-head': { title: 'Solo la cabeza, Keras 3', purpose: '' },
    'keras-h5-head': { title: 'Solo la cabeza, Keras 2, HDF5', purpose: '' },
    'onnx-head': { title: 'Solo la cabeza, ONNX', purpose: '' },
  },
  about: (size) => `unos ${size}`,
  accuracy: (share) => `${share} de exactitud de validación, `,
  contents: {
    model: {
      demo: 'la página y todo lo que necesita',
      tfjs: 'base y cabeza, para tf.loadLayersModel',
      keras: 'base y cabeza, para keras.models.load_model',
      'keras-h5': 'lo mismo en el formato de Keras 2, que Keras 3 también lee',
      onnx: 'base y cabeza, opset 18',
      'tfjs-head': 'la cabeza, de las características a las probabilidades',
      'keras-head': 'la cabeza, de las características a las probabilidades',
      'keras-h5-head': 'la cabeza en el formato de Keras 2, de las características a las probabilidades',
      'onnx-head': 'la cabeza, de las características a las probabilidades, opset 18',
    },
    readme: 'cómo usarlo, en JavaScript y Python (en inglés)',
    labels: 'las clases, en el orden de las salidas',
    metadata: 'base, preprocesamiento, entrenamiento, división y resultados, para programas',
    picture: 'de una imagen a la entrada del modelo, exactamente como aquí',
    certificate: {
      generated: 'cinco imágenes generadas con los resultados que Headway obtuvo para ellas',
      validation: 'cinco de sus imágenes de validación, con los resultados que Headway obtuvo para ellas',
    },
    verify: 'comprueban que esta copia sigue dando los mismos resultados',
  },
  empty:
    'Cuando haya una cabeza entrenada, llévesela desde aquí: como una página que funciona sin conexión, o para TensorFlow.js, Keras u ONNX.',
  inTheZip: 'Qué hay en el zip',
  run: 'Ejecución',
  trainedTail:
    'Esta ejecución siguió entrenando parte de su base, así que todos los formatos llevan la base modificada junto con la cabeza.',
  download: (formatTitle) => `Descargar ${formatTitle} (.zip)`,
  testPictures: 'La base mira las imágenes de prueba …',
  saved: (file) =>
    `${file} está guardado. Ejecute verify.py o verify.mjs en su interior para ver que da los mismos resultados.`,
  half: 'La mitad de tamaño (float16)',
  halfText:
    'Los pesos de la base se redondean a 16 bits; las probabilidades pueden cambiar en la tercera cifra.',
  preprocesses: 'El modelo preprocesa por sí mismo',
  preprocessesText: 'Acepta RGB de 0 a 255, de modo que nadie pueda equivocarse en el preprocesamiento.',
  ownPictures: 'Incluir cinco de mis imágenes de validación',
  ownPicturesText:
    'Van adonde vaya el paquete: reducidas, sin EXIF, pero reconocibles. Hágalo solo si eso está bien.',
  generatedText:
    'Cada paquete se comprueba con cinco imágenes de prueba. Si se deja sin marcar, son generadas, y ninguna de sus imágenes sale con él.',
  file: 'Archivo',
};

export const project: Words['project'] = {
  finishedRuns: (n) => counted(n, 'ejecución terminada', 'ejecuciones terminadas'),
  runs: (n) => counted(n, 'ejecución', 'ejecuciones'),
  more: (n) => ` y ${integer(n)} más`,
  title: 'Proyecto',
  text: 'Un archivo de proyecto devuelve las imágenes, las ejecuciones y los ajustes, aquí o en otro equipo; una cabeza compartida se abre del mismo modo.',
  saveText:
    'Un archivo con todo, para seguir en otra parte; o una sola cabeza sin imágenes, que otra persona abre en esta página para clasificar con ella.',
  saveHead: 'Guardar la cabeza (.headway)',
  save: 'Guardar el proyecto (.headway)',
  openAsk: 'Abrir un proyecto…',
  file: 'Archivo de proyecto',
  saving: 'Guardando',
  saved: 'Guardado.',
  whatToSave: 'Qué guardar',
  everything: (bytes) => `Todo: imágenes (${bytes}), división, ajustes, ejecuciones y cabezas`,
  withFeatures: (bytes) =>
    `con las características de cuello de botella (${bytes}), que se pueden calcular de nuevo`,
  oneHead: 'Una cabeza, sin ninguna imagen',
  headToShare: 'Cabeza que compartir',
  features: 'sus características de cuello de botella',
  openThis: '¿Abrir este proyecto?',
  holds: (what, saved, version) => `Contiene ${what}; guardado el ${saved} por Headway ${version}.`,
  onlySettings: 'nada más que ajustes',
  trust:
    'Abra solo proyectos de personas de confianza: una cabeza responde lo que su autor le enseñó. Nada del archivo se ejecuta como programa.',
  replace: 'Sustituir lo que hay aquí',
  open: 'Abrir',
  add: 'Añadir a lo que hay aquí',
  opening: 'Abriendo',
  stop: 'Detener',
  isOpen: 'El proyecto está abierto',
  added: (images, runs) =>
    `Se han añadido ${images} y ${runs}; lo que ya estaba aquí ha quedado como estaba.`,
  damaged: (files, more) => html`Se ha descartado por estar dañado: ${files}${more}.`,
  done: 'Listo',
};

export const replay: Words['replay'] = {
  fromScratch: 'Desde cero',
  scratchNetwork: 'Red pequeña desde cero',
  faults: {
    'validation-leak': {
      mark: 'fuga de validación',
      short: 'juzgada con sus propias imágenes de entrenamiento',
      title: 'ResNet50 se juzgó con las imágenes con que se entrenó',
      text: 'El cuaderno carga dos veces los cuellos de botella de entrenamiento, la segunda como validación: 0,9975 es lo bien que la cabeza recuerda, no lo bien que reconoce imágenes nuevas. El mismo error con VGG16 habría mostrado 0,962 en lugar de 0,762.',
      evidence:
        'La celda 90 del cuaderno nombra resnet_train_bottleneck.p para el entrenamiento y para la validación.',
    },
    'batch-statistics': {
      mark: 'estadísticas del lote',
      short: 'las características dependen de las otras 15 imágenes del lote',
      title: 'InceptionV3 y ResNet50 vieron cada imagen a través de sus vecinas',
      text: 'Las características se extrajeron con la fase de aprendizaje de Keras en 1 (entrenamiento), así que la normalización por lotes usó las estadísticas del lote: lo que resulta de una imagen depende de las otras 15 que casualmente estaban con ella. VGG16 no tiene normalización por lotes y no se ve afectada.',
      evidence: 'La extracción pone la fase de aprendizaje en 1 y predice en lotes de 16.',
    },
  },
  leakSign: (ahead, of) =>
    `Su curva la delata: en ${integer(ahead)} de ${integer(of)} épocas la validación fue mejor que el entrenamiento de la época siguiente, y en ninguna de las otras tres curvas ocurre jamás.`,
  intro: (url) =>
    html`En 2017 <a href=${url} target="_blank" rel="noopener">el cuaderno de un artículo</a> hizo con
      CIFAR-10 lo que hace esta página: cuellos de botella de tres bases, una pequeña cabeza sobre cada una,
      junto a una red entrenada desde cero. Estas son sus curvas tal como las publicó. Dos de ellas están mal,
      y la mejor, la que más.`,
  asPublished: 'Como se publicó en 2017',
  fault: (faultKey) => `Fallo ${faultKey}:`,
  honest: 'Una repetición honrada',
  honestText:
    'Aquí se dibujan sus propias ejecuciones con las imágenes del artículo, a la misma escala: la misma división, ninguna imagen de validación vista antes y la normalización por lotes tal como se entrenó. Cargue las imágenes de abajo y, después, ejecute.',
  rerunHere: 'Repetido aquí',
  rerunByStudy: 'Repetido por el estudio de este proyecto',
  borrowed: (list) => `Con los propios cuellos de botella del artículo para ${list}.`,
  importing: 'Se están importando imágenes.',
  otherImages: 'Su conjunto de datos contiene otras imágenes: bórrelo primero en «Datos».',
  onTheirWay: 'Las imágenes están en camino.',
  otherCifar:
    'El conjunto de datos contiene también otras imágenes de CIFAR-10: para la repetición hacen falta solo las del artículo.',
  loadFirst: 'Cargue primero las imágenes del artículo.',
  runItYourself: 'Ejecútelo usted',
  load: 'Cargar las 4.000 imágenes del artículo',
  loadAll: 'Cargar las 60.000 imágenes',
  loaded: (images) => `Las ${images} del artículo son el conjunto de datos.`,
  source: (article, all) =>
    `CIFAR-10 (Krizhevsky 2009), desde una CDN: ${article} para las del artículo, ${all} para todas.`,
  run: 'Ejecutar las tres bases del artículo',
  settings: (bases, batch, inception) =>
    `${bases} con la cabeza del artículo, solo softmax; Adam, diez épocas, lotes de ${exactly(batch)}. (El artículo usó ${exactly(inception)} para InceptionV3; aquí todas las bases de una ejecución comparten tamaño.)`,
  title: 'Repetir el artículo de 2017',
  lead: 'Sus curvas, lo que está mal en dos de ellas, y las mismas imágenes ejecutadas aquí.',
  lastEpoch: 'Exactitud de validación tras la última época',
  publishedAndHere: 'Publicado, y aquí',
  network: 'Red',
  published: 'Publicado en 2017',
  whatIsWrong: 'Qué está mal',
  here: 'Aquí',
  study: 'Estudio del proyecto',
};
