/** Hands a blob to the browser's downloads. */
export function save(blob: Blob, name: string): void {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  anchor.click();
  // Browsers read the blob after the click; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
}

/** A text as a file name: what every file system takes. */
export function fileName(text: string, extension: string): string {
  const stem = text
    .normalize('NFKD')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80)
    .toLowerCase();
  return `${stem || 'headway'}.${extension}`;
}
