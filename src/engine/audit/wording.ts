/** A label as messages name it: they are the users’, and as long as they like. */
export function quoted(label: string): string {
  return `“${label.length > 60 ? `${label.slice(0, 59)}…` : label}”`;
}

/** 1 image, 1,234 images */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}
