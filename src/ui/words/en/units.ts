import { counted } from '../numbers';

export const images = (n: number) => counted(n, 'image', 'images');
export const classes = (n: number) => counted(n, 'class', 'classes');
export const epochs = (n: number) => counted(n, 'epoch', 'epochs');

const one = { images: 'image', epochs: 'epoch', fits: 'fit' };

export const units = {
  images,
  classes,
  epochs,
  fits: (n: number) => counted(n, 'fit', 'fits'),
  named: { images: 'images', epochs: 'epochs', fits: 'fits' },
  notANumber: 'not a number',
  aMomentLeft: 'a moment left',
  left: (time: string) => `${time} left`,
  of: (some: string, all: string) => `${some} of ${all}`,
  per: (time: string, unit: keyof typeof one) => `${time} per ${one[unit]}`,
};
