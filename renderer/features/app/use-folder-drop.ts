import { type DragEvent, useState } from 'react';
import { holdsFiles, mayHoldFolder, takeApart, takeFolders } from '../../store/dropped.ts';
import { useClient } from '../../ui/client-context.ts';
import { hasLeft, useDragEnd } from '../../ui/use-drag-end.ts';

/** Something lies over the page and is to be answered first. */
const isCovered = (): boolean => document.querySelector('dialog:modal') !== null;

/** What makes the whole page take folders, wherever nothing in it takes what is dropped. `over`: one may be held above it. */
export function useFolderDrop() {
  const client = useClient();
  const [over, setOver] = useState(false);
  useDragEnd(over, () => setOver(false));
  return {
    over,
    drop: {
      onDragOver: (event: DragEvent) => {
        const taken = event.defaultPrevented || !holdsFiles(event.dataTransfer);
        const takes = !taken && mayHoldFolder(event.dataTransfer) && !isCovered();
        setOver(takes);
        if (!takes) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDragLeave: (event: DragEvent<HTMLElement>) => {
        if (hasLeft(event)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (event.defaultPrevented || !holdsFiles(event.dataTransfer) || isCovered()) return;
        event.preventDefault();
        takeFolders(client, takeApart(event.dataTransfer));
      },
    },
  };
}
