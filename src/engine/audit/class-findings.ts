import type { ImageRecord } from '../data/records';
import type { Finding } from './finding';
import { counted, quoted } from './wording';

/** Fewer images than this and a class's own accuracy is anyone's guess: of 5 held out, one is 20 %. */
const fewImages = 20;
/** How many times more images the largest class may have than the smallest. */
const imbalance = { info: 3, warning: 10 } as const;

export function classFindings(records: readonly ImageRecord[]): Finding[] {
  const classes = new Map<string, ImageRecord[]>();
  for (const record of records) {
    const members = classes.get(record.label);
    if (members === undefined) classes.set(record.label, [record]);
    else members.push(record);
  }
  const sorted = [...classes].sort(([a, x], [b, y]) => x.length - y.length || (a < b ? -1 : 1));
  return [...fewFindings(sorted), ...imbalanceFindings(sorted), ...nameFindings(sorted)];
}

/** By size, the smallest first. */
type Classes = readonly (readonly [label: string, members: readonly ImageRecord[]])[];

const counts = ([label, members]: Classes[number]) => ({ label, images: members.length });

function fewFindings(classes: Classes): Finding[] {
  const few = classes.filter(([, members]) => members.length < fewImages);
  if (few.length === 0) return [];
  const named = few.slice(0, 5).map(([label, { length }]) => `${quoted(label)} (${length})`);
  return [
    {
      code: 'few-images',
      severity: 'warning',
      message: `${counted(few.length, 'class has', 'classes have')} fewer than ${fewImages} images: ${named.join(', ')}${few.length > 5 ? ', …' : '.'}`,
      advice: `Add images of ${few.length === 1 ? 'it' : 'them'}: with so few, neither the head nor its figures can be relied on.`,
      images: few.flatMap(([, members]) => members.map(({ id }) => id)),
      remedies: [],
      classes: few.map(counts),
    },
  ];
}

function imbalanceFindings(classes: Classes): Finding[] {
  if (classes.length < 2) return [];
  const [least, most] = [classes[0]!, classes.at(-1)!];
  const ratio = most[1].length / least[1].length;
  if (ratio < imbalance.info) return [];
  return [
    {
      code: 'imbalance',
      severity: ratio < imbalance.warning ? 'info' : 'warning',
      message: `${quoted(most[0])} has ${ratio.toFixed(1)} times as many images as ${quoted(least[0])} (${most[1].length} and ${least[1].length}).`,
      advice:
        'Balanced class weights make them count the same; judge by recall and F1 of each class, not by accuracy.',
      images: [],
      remedies: [],
      classes: [least, most].map(counts),
    },
  ];
}

/** “Cat”, “cat ” and “cats” are most likely one class. */
function nameFindings(classes: Classes): Finding[] {
  const alike = new Map<string, string[]>();
  for (const [label] of classes) {
    const plain = label
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s_-]+/gu, '')
      .replace(/s$/u, '');
    const labels = alike.get(plain);
    if (labels === undefined) alike.set(plain, [label]);
    else labels.push(label);
  }
  const sizes = new Map(classes.map(([label, members]) => [label, members]));
  return [...alike.values()]
    .filter(({ length }) => length > 1)
    .map((labels): Finding => {
      // The largest keeps its name.
      const to = labels.at(-1)!;
      const others = labels.slice(0, -1);
      return {
        code: 'similar-class-names',
        severity: 'warning',
        message: `The classes ${labels.map(quoted).join(' and ')} differ only in spelling.`,
        advice: 'If they are the same thing, merge them: the head would learn to tell it from itself.',
        images: others.flatMap((label) => sizes.get(label)!.map(({ id }) => id)),
        remedies: others.map((from) => ({ kind: 'merge', from, to })),
        classes: labels.map((label) => counts([label, sizes.get(label)!])),
      };
    });
}
