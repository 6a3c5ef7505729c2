import { counted } from '../numbers';
import { images } from './units';

const runs = (n: number) => counted(n, 'run', 'runs');

/** What is stored, and who may change it. */
export const storage = {
  chip: 'Storage',
  free: 'Free space…',
  title: 'What is stored in this browser',
  looking: 'Looking…',
  nothing: 'Nothing is stored yet.',
  list: 'Stored',
  done: 'Done',
  room: (used: string, quota: string) => `${used} used of ${quota} that this browser allows the page.`,
  kept: 'The browser keeps it until you remove it.',
  mayGo: 'The browser may clear it when the disk runs short of room.',
  keep: 'Ask it to keep everything',
  refused: 'It did not agree to keep it; installing the page as an app helps.',
  goOnInMemory: 'Go on in memory',
  inMemory: 'It is in memory, and gone once this page is closed.',
  memoryRoom: (used: string, limit: string) => `${used} used of ${limit} of memory.`,
  remove: (what: string) => `Remove: ${what}`,
  sure: (what: string) => `Remove “${what}”?`,
  action: 'Remove',

  unknownBase: 'another network',
  at: (base: string, cut: string) => `${base} at ${cut}`,
  again: (n: number) => `${images(n)}; computed again when they are needed`,
  images: 'Images',
  imagesSure: (n: number) =>
    `This browser forgets ${images(n)}; your files stay as they are. Features and runs are kept.`,
  removed: 'Removed images',
  removedText: (n: number) => `${images(n)}, kept so that the removal can be undone`,
  features: (base: string) => `Features of ${base}`,
  maps: (base: string) => `Feature maps of ${base}`,
  weights: (base: string) => `Weights of ${base}`,
  weightsText: (source: string) => `${source}; downloaded again when they are needed`,
  own: (base: string) => `Your own weights for ${base}`,
  ownText: 'The file would have to be given again',
  ownSure: (base: string) => `${base} will run with the published weights again.`,
  runs: 'Runs',
  runsText: (n: number) => `${runs(n)} with heads, results and trained bases`,
  runsSure: (n: number) => `${runs(n)} will be removed with all that was trained. This cannot be undone.`,
  unfinished: 'An interrupted training',
  unfinishedText: 'It would have to begin again',
  cifar10: 'CIFAR-10’s files',
  cifar10Text: 'Downloaded again when they are needed',
  other: 'Stored by another version',
  otherText: 'This page does not know what it is',
};

export const tabs = {
  reads:
    'Headway is open in another tab, which works on the same data set. Results can be looked at here; this tab takes over when the other one is closed.',
  newer:
    'A newer version of Headway has stored what this one cannot read. Close every tab of this page and open it again: that brings the newer version. Or clear everything and start over.',
  inMemory: {
    blocked:
      'Nothing will be kept once this page is closed: the browser does not let it store data, as in a private window. Everything else works; save the project as a file to keep it.',
    full: 'What you do from now on will not be kept once this page is closed: it is in memory only. Save the project as a file to keep it. What was stored before stays stored.',
  },
  startOver: 'Clear everything…',
  startOverSure:
    'Images, features, runs and downloaded weights are removed from this browser. This cannot be undone.',
  clear: 'Clear everything',
};
