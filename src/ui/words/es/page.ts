import { html } from 'lit';
import type { Words } from '../contract';

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
};
