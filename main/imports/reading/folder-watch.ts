import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** Folders watched at once: what lies beyond is found by looking again. */
const maxFolders = 2000;

/** Tells which files in these folders changed. Where a file system tells nothing, nothing comes: whoever needs it looks again from time to time. */
export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #onChange: (path: string) => void;

  /** @param onChange - gets the path that changed, or a path that does not exist in a folder of which only that is known. */
  constructor(onChange: (path: string) => void) {
    this.#onChange = onChange;
  }

  /** Adds folders; one that is watched already stays so. */
  add(folders: readonly string[]): void {
    for (const folder of folders) {
      if (this.#watchers.has(folder) || this.#watchers.size >= maxFolders) continue;
      try {
        const watcher = watch(folder, { persistent: false }, (_kind, name) =>
          this.#onChange(join(folder, name ?? '.')),
        );
        watcher.on('error', () => this.#drop(folder));
        this.#watchers.set(folder, watcher);
      } catch {
        // No watches left, or the folder is gone.
      }
    }
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  close(): void {
    for (const folder of [...this.#watchers.keys()]) this.#drop(folder);
  }
}
