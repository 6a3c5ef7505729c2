import type { Words } from '../contract';
import { counted } from '../numbers';

export const images = (n: number) => counted(n, 'imagen', 'imágenes');
export const classes = (n: number) => counted(n, 'clase', 'clases');
export const epochs = (n: number) => counted(n, 'época', 'épocas');

const one = { images: 'imagen', epochs: 'época', fits: 'ajuste' };

export const units: Words['units'] = {
  images,
  classes,
  epochs,
  fits: (n) => counted(n, 'ajuste', 'ajustes'),
  named: { images: 'imágenes', epochs: 'épocas', fits: 'ajustes' },
  notANumber: 'no es un número',
  aMomentLeft: 'queda un momento',
  left: (time) => `quedan ${time}`,
  of: (some, all) => `${some} de ${all}`,
  per: (time, unit) => `${time} por ${one[unit]}`,
};
