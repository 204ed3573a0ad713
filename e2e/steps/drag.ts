import type { Locator } from 'playwright';

/** Files of the disk that are held above a page. */
export interface HeldFiles {
  drop(): Promise<void>;
  /** Esc, or back to where they came from. */
  cancel(): Promise<void>;
}

/** Drags files or folders of this machine above an element, as the system tells the browser of it. */
export async function holdAbove(on: Locator, paths: string[]): Promise<HeldFiles> {
  const box = await on.boundingBox();
  if (box === null) throw new Error('What is dropped on cannot be seen.');
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const session = await on.page().context().newCDPSession(on.page());
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  const tell = (type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel') =>
    session.send('Input.dispatchDragEvent', { type, ...place, data });
  await tell('dragEnter');
  await tell('dragOver');
  const end = async (type: 'drop' | 'dragCancel') => {
    await tell(type);
    await session.detach();
  };
  return {
    drop: () => end('drop'),
    async cancel() {
      await end('dragCancel');
      // The page is told of the pointer again.
      await on.page().mouse.move(place.x + 1, place.y + 1);
    },
  };
}
