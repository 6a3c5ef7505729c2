import { unzlibSync } from 'fflate';

/**
 * A weight file as Python writes it (h5py, HDF5 1.14; deflated, base64). The script, after `import h5py, numpy as np`:
 *
 *     with h5py.File('keras.h5', 'w') as f:
 *         def layer(name, *weights):
 *             g = f.create_group(name)
 *             g.attrs['weight_names'] = [w.encode() for w, _ in weights]
 *             for w, shape in weights:
 *                 g.create_dataset(w, data=np.arange(np.prod(shape), dtype='f4').reshape(shape) / 8)
 *             return name.encode()
 *         f.attrs['layer_names'] = [
 *             layer('input_1'),
 *             layer('conv2d_1', ('conv2d_1/kernel:0', (1, 1, 2, 3))),
 *             layer('batch_normalization_1', *[(f'batch_normalization_1/{n}:0', (3,))
 *                                              for n in ('beta', 'moving_mean', 'moving_variance')]),
 *             layer('block1_conv1', ('block1_conv1_W_1:0', (1, 1, 3, 2)), ('block1_conv1_b_1:0', (2,))),
 *         ]
 *         f.attrs['backend'] = b'tensorflow'
 *         f.attrs['keras_version'] = b'2.0.3'
 */
const packed = [
  'eNrtW81PE0EUn+0HXUohxUhAAlLgADGGtoABMUqNoByMEDWRW9mWlTZtt6StRb3Isd48+if4J3D02KNHjhw9ePDIDXe777U7',
  'Q3dbCiqE90ua6Zt587Gzv3kz82b289rK017/sJ8ZkGXmYUFmxQlAfsjLmL4FoQRhBcJvLoz31tKGID4I5VcfmHIMMr5+ubpq',
  'aJ8IwHqOvGYoM8J1xNrq4w0j3EQZwqqL10tru+9K8ShL5rXy7Lb+B5BQSslUXMsXcko2/VEppfNaLTGRzScz0bihHrXyOFjn',
  'tbspf6d9ppxiVv4yW/4SiL9W/qIdq3h5PeTfxgXV++rF+oqkW/UQyNPjfD3VO1AfxC9iuyZ4vdg9sPcL/Pj44uP1DkA+7Oaf',
  'M+Tm9dZATnmvxvvrhycW2x0ASySxXnZTtxJ7anonVYprSk4t1vKFlqEPYmy+h82fYD9IUtN67OzNhjlDs/esvfmyMkrzJdmb',
  'hr1BPh1383riPFkf7+ccJ6IdCEBL7MbJLcm0KcF6G2RunEhC+/oN2+VvxD17sv5cshgmq571OcMZtaCp2aUIxOPyYcppnRDO',
  '5ctpbSdeVgppRUuqem4YxmyynXw5VdGgRg/ojzjmS6glxcyA5vEG6lvWK/FEPIoP0uWk96ahB6+FDbRYF6HdCDQpz5C7hXkM',
  '+xdeSb0eXI/1gIzpJVUr5gtvs/k9vh583tmZyMychVfTfTSmCQQCgUAgEAgEAoFg7Pclzm+Gfojfw6YcBH9Yy3OmMX5fS7he',
  'sPObRUZ5PcGNdG6/memnl+q8qw7z5Yo8JtjZAfO8GTtOQv+8p7kfEf1/biHeLt2tM8JI6w+NgS8vxAZlNvgJ0r36GzTSXS6X',
  'ZNoRk0FuqTrBMwqx+Vf7Q+TVj9vEkc541fxcpgrnZl9t7EcIwt1xvjw7vyvybvGM7cP5TjzPC8CJUad+d7fAf8NvjX53g/+T',
  'FtnQmbLILod5+eddmGfDzv17COeNlfa64RFj+/rvu/5jy3rvL/Px7fxvlpdAIBAIBMJlRKt9/X6Y9vXED3t+HEb59TrhekHc',
  't+H+azos7NvgZo54s+f0DSHejxBqc3++Jdy7FPdJhHb9PkOO+9jO/ThHE7iz5lG5VP1h8srd8CdGnPXxPm9ozlkPeRyZJ15d',
  'LK9+XQle/bv+OL4S/dFqXbF7n9YVtK44va7YXxDWFTb3de3u+7ZaV6CfVfxuIwBfLHXqD8bzEAyN+8bo7+0SZC87+3mMWyi/',
  'VXrn9sUDV7f/x3mMq7HeW2xvvj1YorF0lnnIdWE8GZls7jm4XPMQjnfx+9sAxEj6P2O8Z5UPaqEx3FuOd/xeAUOfZXz7QRtl',
  '45uAAYvsg9kbZbkmx6A9st4emSWUZEbVtu3bwRp1YTk9zPrdVV+tnIxaUIrxsloopvOa03Oxhm3C8ow2/gF52qas',
].join('');

export function h5pyFile(): Uint8Array {
  return unzlibSync(Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0)));
}
