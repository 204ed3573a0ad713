import { type ClipboardEvent, type DragEvent, useState } from 'react';
import { addFiles, addPastedText, longPasteChars } from '../../store/attachments.ts';
import { useClient } from '../../ui/client-context.ts';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** What makes an element take files for a draft. `over`: files are held above it. */
export function useAttaching(key: string) {
  const client = useClient();
  const [over, setOver] = useState(false);
  return {
    over,
    add: (files: readonly File[]) => addFiles(client, key, files),
    paste: (event: ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      // A table of a spreadsheet comes as text and as its picture: the text is what is meant.
      const text = event.clipboardData.getData('text/plain');
      if (text.length > longPasteChars && event.currentTarget instanceof HTMLTextAreaElement) {
        event.preventDefault();
        addPastedText(client, key, text, event.currentTarget.selectionStart);
        return;
      }
      if (files.length === 0 || text !== '') return;
      event.preventDefault();
      addFiles(client, key, files);
    },
    drop: {
      onDragOver: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent<HTMLElement>) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        addFiles(client, key, [...event.dataTransfer.files]);
      },
    },
  };
}
