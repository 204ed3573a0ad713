import { type ClipboardEvent, type DragEvent, useState } from 'react';
import { addFiles, addPastedText, longPasteChars } from '../../store/attachments.ts';
import { holdsFiles, mayHoldFolder, openFolders, takeApart } from '../../store/dropped.ts';
import { useClient } from '../../ui/client-context.ts';
import { hasLeft, useDragEnd } from '../../ui/use-drag-end.ts';

/** What makes an element take files for a draft, and folders to begin a session in. `over`: what is held above it, as far as that can be known. */
export function useAttaching(key: string) {
  const client = useClient();
  const [over, setOver] = useState<'files' | 'any' | null>(null);
  useDragEnd(over !== null, () => setOver(null));
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
        if (!holdsFiles(event.dataTransfer)) return;
        event.preventDefault();
        setOver(mayHoldFolder(event.dataTransfer) ? 'any' : 'files');
      },
      onDragLeave: (event: DragEvent<HTMLElement>) => {
        if (hasLeft(event)) setOver(null);
      },
      onDrop: (event: DragEvent) => {
        if (!holdsFiles(event.dataTransfer)) return;
        event.preventDefault();
        setOver(null);
        const { folders, files } = takeApart(event.dataTransfer);
        // The files first: they belong to the draft they were dropped on.
        addFiles(client, key, files);
        if (folders.length > 0) openFolders(client, folders);
      },
    },
  };
}
