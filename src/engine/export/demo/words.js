/* eslint-disable no-unused-vars -- one script with demo.js */
/** What the demo page says, in the languages of Headway. The browser of whoever opens it chooses. */
const languages = {
  en: {
    title: 'Picture classifier',
    question: 'What is in the picture?',
    stage: 'Picture',
    loading: 'Loading the model …',
    drop: 'Drop a picture here, or paste one.',
    choose: 'Choose a picture…',
    film: 'Use the webcam',
    stopFilming: 'Stop the webcam',
    picture: 'The picture that was classified',
    video: 'Webcam',
    answer: 'Answer',
    promise: 'No picture leaves this machine: the page works without a network. Made with Headway.',
    // Of the base: null, or the stage above which it was trained, or up to which it goes.
    about: ({ base, trainedAbove, cut, classes }) => {
      const above = trainedAbove === 'input' ? 'as a whole' : `above its stage ${trainedAbove}`;
      const part =
        trainedAbove !== null ? `, trained further ${above},` : cut !== null ? ` up to its stage ${cut}` : '';
      return `${base}${part} and a head trained with Headway tell ${classes} classes apart.`;
    },
    more: (count) =>
      count === 1 ? 'One more class is less likely.' : `${count} more classes are less likely.`,
    time: (ms, backend) => `${ms} ms on ${backend}.`,
    backends: { webgl: 'the graphics card', wasm: 'WebAssembly', cpu: 'plain JavaScript' },
    missing: (file) => `${file} is missing: unpack the whole zip first, then open index.html.`,
    unreadable: 'This file is no picture that the browser can read.',
    filmFailed: (reason) => `The webcam does not start (${reason}).`,
    filmReasons: { NotAllowedError: 'The webcam was not allowed.', NotFoundError: 'There is no webcam.' },
  },
  es: {
    title: 'Clasificador de imágenes',
    question: '¿Qué hay en la imagen?',
    stage: 'Imagen',
    loading: 'Cargando el modelo…',
    drop: 'Suelte aquí una imagen, o péguela.',
    choose: 'Elegir una imagen…',
    film: 'Usar la cámara',
    stopFilming: 'Parar la cámara',
    picture: 'La imagen clasificada',
    video: 'Cámara',
    answer: 'Respuesta',
    promise: 'Ninguna imagen sale de este equipo: la página funciona sin red. Hecha con Headway.',
    about: ({ base, trainedAbove, cut, classes }) => {
      const above = trainedAbove === 'input' ? 'entera' : `por encima de su etapa ${trainedAbove}`;
      const part =
        trainedAbove !== null
          ? `, entrenada de nuevo ${above},`
          : cut !== null
            ? ` hasta su etapa ${cut}`
            : '';
      return `${base}${part} y una cabeza entrenada con Headway distinguen ${classes} clases.`;
    },
    more: (count) =>
      count === 1 ? 'Otra clase es menos probable.' : `Otras ${count} clases son menos probables.`,
    time: (ms, backend) => `${ms} ms con ${backend}.`,
    backends: { webgl: 'la tarjeta gráfica', wasm: 'WebAssembly', cpu: 'JavaScript' },
    missing: (file) => `Falta ${file}: descomprima primero todo el zip y abra después index.html.`,
    unreadable: 'El navegador no puede leer este archivo como imagen.',
    filmFailed: (reason) => `La cámara no se inicia (${reason}).`,
    filmReasons: {
      NotAllowedError: 'No se ha permitido usar la cámara.',
      NotFoundError: 'No hay ninguna cámara.',
    },
  },
};
