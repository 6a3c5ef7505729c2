/**
 * A label that stays on its line for every reader: backslashes doubled; control characters, Unicode's own line ends
 * and lone halves of surrogate pairs (which UTF-8 cannot hold) as \uXXXX.
 */
export function escapeLabel(label: string): string {
  return label.replace(/[\\\p{Cc}\p{Cs}\u2028\u2029]/gu, (character) =>
    character === '\\' ? '\\\\' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** `labels.txt`: the classes in the order of the outputs, one a line. */
export function labelsText(classes: readonly string[]): string {
  return classes.map((label) => `${escapeLabel(label)}\n`).join('');
}
