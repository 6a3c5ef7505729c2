import { html } from 'lit';
import { counted, integer } from '../numbers';
import { images } from './units';

export const shares = {
  names: { train: 'training', validation: 'validation', test: 'test' },
  counted: {
    train: (n: string) => `${n} train`,
    validation: (n: string) => `${n} validation`,
    test: (n: string) => `${n} test`,
  },
  /** The first one says what it is a share of. */
  drawn: {
    validation: (share: string, first: boolean) => `${share}${first ? ' of each class' : ''} for validation`,
    test: (share: string, first: boolean) => `${share}${first ? ' of each class' : ''} for testing`,
  },
  heldOut: (parts: string) => `Held out: ${parts}.`,
};

export const leftOut = {
  title: (n: number) => `${counted(n, 'file', 'files')} left out, and why`,
  ignored: (n: number) => `${counted(n, 'hidden or system file', 'hidden or system files')} ignored.`,
  more: (n: number) => `and ${integer(n)} more`,
  reasons: {
    'empty-file': (n: number) => counted(n, 'empty file', 'empty files'),
    'not-an-image': (n: number) => counted(n, 'file that is not an image', 'files that are not an image'),
    unreadable: (n: number) => `${images(n)} that could not be decoded`,
    damaged: (n: number) =>
      `${images(n)} damaged on the disk, and so left out of runs: add the files again, or remove the images`,
    'too-large': (n: number) => `${images(n)} with too many pixels to open safely`,
    'no-label': (n: number) => `${images(n)} outside any folder, so without a label`,
    duplicate: (n: number) => `${counted(n, 'exact copy', 'exact copies')} of an image already here`,
    'duplicate-other-label': (n: number) => `${images(n)} found under two labels`,
  },
};

export const audit = {
  kinds: { error: 'Problem', warning: 'Warning', info: 'Note' },
  counted: {
    error: (n: number) => counted(n, 'problem', 'problems'),
    warning: (n: number) => counted(n, 'warning', 'warnings'),
    info: (n: number) => counted(n, 'note', 'notes'),
  },
  clean: (looked: string) => `No problems found in ${looked}.`,
  /** `grave`: there is more than notes. */
  found: (grave: boolean, what: string, looked: string) =>
    `${grave ? '' : 'No problems, but '}${what} in ${looked}.`,
  notes: (n: number) => `${counted(n, 'note', 'notes')}, just so that you know`,
  toLookAt: 'Images to look at',
  lookAt: (n: number) => `${images(n)} to look at`,
  remedies: {
    merge: (from: string, to: string) => `Merge “${from}” into “${to}”`,
    move: (n: number, to: keyof typeof shares.names) => `Move ${images(n)} to ${shares.names[to]}`,
    relabel: (n: number, to: string) => `Put ${images(n)} into “${to}”`,
    dropCopies: (n: number) => `Remove ${counted(n, 'copy', 'copies')}`,
    dropFrom: {
      train: (n: number) => `Remove ${counted(n, 'training image', 'training images')}`,
      validation: (n: number) => `Remove ${counted(n, 'validation image', 'validation images')}`,
      test: (n: number) => `Remove ${counted(n, 'test image', 'test images')}`,
    },
    dropAll: (n: number) => `Remove ${n > 1 ? 'all ' : ''}${images(n)}`,
    dropClass: (label: string) => `Remove the class “${label}”`,
    dropClasses: (n: number) => `Remove these ${integer(n)} classes`,
  },
  edits: {
    drop: (n: number) => `${images(n)} ${n === 1 ? 'was' : 'were'} removed.`,
    move: (n: number, to: keyof typeof shares.names) =>
      `${images(n)} ${n === 1 ? 'was' : 'were'} moved to ${shares.names[to]}.`,
    relabel: (n: number, to: string) => `${images(n)} ${n === 1 ? 'was' : 'were'} put into “${to}”.`,
    merge: (n: number, from: string, to: string) =>
      `${images(n)} of “${from}” ${n === 1 ? 'is' : 'are'} now in “${to}”.`,
  },
  undo: 'Undo',
  title: 'Data check',
  afterImport: 'Checked once the import has ended.',
  checking: 'Checking…',
  alike: (n: number) => `${n} alike`,
  showAll: (images: string) => `Show all (${images} more)`,
  showMore: (images: string) => `Show more (${images} left)`,
  similarity: 'Similarity',
  removePath: (path: string) => `Remove ${path}`,
  remove: 'Remove',
  problem: 'Problem with the data',
  seeIt: 'See it in the data check',
};

export const firstData = {
  /** Line by line: white space counts here. */
  tree: [
    html`pets/`,
    html`├─ <b>cat/</b> <i>class “cat”</i>`,
    html`│ ├─ 1.jpg`,
    html`│ └─ …`,
    html`└─ <b>dog/</b> <i>class “dog”</i>`,
    html` ├─ 7.png`,
    html` └─ …`,
  ],
  title: 'Drop folders of images anywhere on this page',
  text: html`Each folder becomes a class, and its name the label. Folders named <code>train</code>,
    <code>val</code> or <code>test</code> around them set the shares.`,
  sample:
    'The sample is an excerpt of the CIFAR-10 test images (Krizhevsky 2009): ten classes, 32 × 32 pixels.',
  treeLabel: 'A folder pets with two folders, cat and dog, of images',
  addFolder: 'Add folder…',
  chooseFolder: 'Choose a folder…',
  addImages: 'Add images…',
  chooseImages: 'Choose images…',
  trySample: 'Try the sample',
  folder: 'Folder of images',
  images: 'Images of one class',
};

export const data = {
  filesFound: (integer: string) => `${integer} files found`,
  reading: 'Reading',
  download: 'Download',
  importing: 'Importing',
  cancelImport: 'Cancel import',
  imagesInClasses: (images: string, classes: string) => `${images} in ${classes}`,
  foldersSetShares: (shares: string) => `Your folders set the shares: ${shares}.`,
  clearEverythingAsk: 'Clear everything…',
  whichClass: 'Which class is this image?',
  whichClassOfMany: (n: number) => `Which class are these ${n} images?`,
  looseImages: 'Single images have no folder to name their class, so name it here.',
  add: 'Add',
  class: 'Class',
  renameThis: 'Rename this class',
  renameMerges: 'The name of a class that exists already merges the two.',
  rename: 'Rename',
  removeAsk: (name: string) => `Remove “${name}”?`,
  removeText: (images: string) => `${images} will leave the data set. Your own files stay where they are.`,
  removeClass: 'Remove class',
  clearAsk: 'Clear everything?',
  clearText: 'Images, bottlenecks and finished runs are forgotten. Your own files and downloaded bases stay.',
  clearEverything: 'Clear everything',
  classes: 'Classes',
  images: 'images',
  imagesOf: (label: string) => `Images of ${label}`,
  pixelsAndSize: (width: number, height: number, size: string) => `${width} × ${height} pixels, ${size}`,
  removeImage: 'Remove image',
  pickAnImage: 'Pick an image to see its file, or to remove it.',
  pathAndPixels: (path: string, width: number, height: number) => `${path}, ${width} × ${height} pixels`,
  dropToAdd: 'Drop to add to the data set',
};
