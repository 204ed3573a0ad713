import type { ClipboardEvent } from 'react';

/** A selection longer than this is copied without its colours and sizes, which a browser looks up for every word of it. Characters. */
const longestStyled = 100_000;

/** Copies a very long selection as its text alone. */
export function copyPlainly(event: ClipboardEvent): void {
  // Where it is written in a field, the field knows.
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
  const text = document.getSelection()?.toString() ?? '';
  if (text.length <= longestStyled) return;
  event.clipboardData.setData('text/plain', text);
  event.preventDefault();
}
