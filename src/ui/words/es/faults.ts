import type { FileFault } from '../../../engine/reason';
import { bytes, exactly, integer } from '../numbers';

const takeThis =
  'descargue la versión binaria, cifar-10-binary.tar.gz, o saque de ella data_batch_1.bin … test_batch.bin';

/** `image/jpeg` → JPEG */
const kind = (mime: string): string => mime.replace(/^image\/(x-)?/, '').toUpperCase();
const sides = (width: number, height: number): string => `${exactly(width)} × ${exactly(height)} píxeles`;

/** What is wrong with a file, as the rest of a sentence that has named it. */
export function faultText(fault: FileFault): string {
  switch (fault.fault) {
    case 'no-image':
      return 'Su contenido no es el de una imagen';
    case 'outside-folders':
      return 'No está en la carpeta de ninguna clase';
    case 'already-here':
      return 'Ya estaba en el conjunto de datos';
    case 'twin':
      return `La misma imagen que «${fault.path}», de la clase «${fault.label}»`;
    case 'file-gone':
      return 'El archivo no se ha podido leer: quizá se haya movido o cambiado desde que se añadió';
    case 'changed-on-disk':
      return 'El disco ha cambiado su contenido';
    case 'no-size':
      return `Su cabecera (${kind(fault.mime)}) no dice el tamaño`;
    case 'odd-size':
      return `Su cabecera dice ${sides(fault.width, fault.height)}`;
    case 'undecodable':
      return `El navegador no ha podido decodificarla (${kind(fault.mime)}, ${sides(fault.width, fault.height)})`;
    case 'too-many-pixels':
      return `${sides(fault.width, fault.height)}; como máximo, ${exactly(fault.mostASide)} por lado y ${integer(fault.most / 1e6)} megapíxeles`;
    case 'too-many-bytes':
      return `${bytes(fault.bytes)}; como máximo, ${bytes(fault.most)}`;
    case 'archive-damaged':
      return 'El archivo comprimido está dañado o incompleto';
    case 'no-archive':
      return 'No es un archivo comprimido, o está incompleto';
    case 'encrypted':
      return 'Está cifrado con contraseña';
    case 'too-many-files':
      return `Contiene demasiados archivos; como máximo, ${integer(fault.most)}`;
    case 'unpacks-to':
      return `Descomprimido, dice ocupar ${bytes(fault.bytes)}`;
    case 'packing-method':
      return `Está comprimido con el método ${exactly(fault.method)}; solo se leen archivos sin comprimir o con «deflate»`;
    case 'cifar-100':
      return `Es CIFAR-100, y solo se puede abrir CIFAR-10: ${takeThis}`;
    case 'cifar-version':
      return `Es la versión de CIFAR-10 para ${fault.version}, que aquí no se puede abrir: ${takeThis}`;
    case 'no-batch':
      return `No contiene ningún lote válido de CIFAR-10: ${takeThis}`;
  }
}
