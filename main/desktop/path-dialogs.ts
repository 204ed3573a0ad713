import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import type { NativeWords } from './words/native-words.ts';

/** The system's dialogs for one path: what a person chose there, and nothing else; null when it was left without a choice. */
export interface PathDialogs {
  /** @param parent - over which window; null: over none. */
  folder(parent: BrowserWindow | null): Promise<string | null>;
  file(parent: BrowserWindow | null): Promise<string | null>;
}

export function createPathDialogs(words: () => NativeWords): PathDialogs {
  const ask = async (parent: BrowserWindow | null, request: OpenDialogOptions): Promise<string | null> => {
    const answer = await (parent === null ? dialog.showOpenDialog(request) : dialog.showOpenDialog(parent, request));
    return answer.canceled ? null : (answer.filePaths[0] ?? null);
  };
  return {
    folder(parent) {
      const { title, open: buttonLabel } = words().folderDialog;
      return ask(parent, { title, buttonLabel, properties: ['openDirectory', 'createDirectory'] });
    },
    file(parent) {
      const { title, open: buttonLabel } = words().fileDialog;
      return ask(parent, { title, buttonLabel, properties: ['openFile'] });
    },
  };
}
