import type { Words } from '../contract';
import { images } from './units';

export const record: Words['record'] = {
  open: 'Grabar…',
  title: 'Grabar una clase',
  close: 'Cerrar la cámara',
  class: 'Clase',
  nameRule: 'Un nombre que no empiece por un punto',
  hold: 'Mantener para grabar',
  how: 'Dé nombre a una clase y mantenga pulsado el botón (o la barra espaciadora): cinco imágenes por segundo. Gire y mueva lo que ve la cámara; después, grabe la clase siguiente.',
  takeOut: (n) => `Quitar las últimas ${n}`,
  recorded: (n, label) => `Grabadas como «${label}»: ${images(n)}.`,
  nothingYet: 'La cámara todavía no muestra nada.',
  otherCamera: 'Otra cámara',
  tryAgain: 'Intentar de nuevo',
};

export const bell: Words['bell'] = { tellMe: 'Avisarme cuando termine' };

export const removal: Words['removal'] = {
  removed: (name) => `Se ha quitado «${name}».`,
  undo: 'Deshacer',
};

export const next: Words['next'] = {
  title: 'Paso siguiente',
  runNow: 'Ejecutar ya',
  seeRun: 'Ver la ejecución',
  seeResults: 'Ver los resultados',
  right: (name, share) => `${name}: acierta el ${share} de las imágenes de validación`,
};
