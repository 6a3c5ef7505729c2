import { images } from './units';

/** Classes from the camera. */
export const record = {
  open: 'Record…',
  title: 'Record a class',
  close: 'Close the camera',
  class: 'Class',
  nameRule: 'A name that does not begin with a dot',
  hold: 'Hold to record',
  how: 'Name a class, then hold the button (or Space): five pictures a second. Turn and move what the camera sees, then record the next class.',
  takeOut: (n: string) => `Take out the last ${n}`,
  recorded: (n: number, label: string) => `${images(n)} recorded as “${label}”.`,
  nothingYet: 'The camera shows nothing yet.',
  otherCamera: 'Other camera',
  tryAgain: 'Try again',
};

export const bell = { tellMe: 'Tell me when it has ended' };

/** What became of a run that was removed. */
export const removal = {
  removed: (name: string) => `“${name}” is removed.`,
  undo: 'Undo',
};

/** The bar at the foot of the window. */
export const next = {
  title: 'Next step',
  runNow: 'Run now',
  seeRun: 'See the run',
  seeResults: 'See the results',
  right: (name: string, share: string) => `${name}: ${share} of the validation images are right`,
};
