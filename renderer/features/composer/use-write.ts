import { useLayoutEffect, useRef } from 'react';

/** Puts a text into the field with the caret at a place of it, once it stands there, and the focus in the field. */
export function useWrite(
  field: { readonly current: HTMLTextAreaElement | null },
  onWrite: (text: string, caret: number) => void,
): (text: string, caret: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    field.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  return (text, caret) => {
    wanted.current = caret;
    onWrite(text, caret);
    field.current?.focus();
  };
}
