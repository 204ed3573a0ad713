import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';

/** A small file in the home that holds what this device was told once. None of it is worth a refusal to start. */
export interface HomeFile<T> {
  /** What was kept, or null: nothing yet, or not readable. */
  read(): T | null;
  /** Keeps it, whole or not at all. False when the disk refused; what was kept before stays. */
  write(value: T): boolean;
}

/** @param path - in the home. */
export function homeFile<T>(path: string, schema: z.ZodType<T>): HomeFile<T> {
  const temporary = `${path}.new`;
  return {
    read() {
      try {
        return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        return null;
      }
    },
    write(value) {
      try {
        writeFileSync(temporary, `${JSON.stringify(value)}\n`, { mode: 0o600 });
        renameSync(temporary, path);
        return true;
      } catch {
        return false;
      }
    },
  };
}
