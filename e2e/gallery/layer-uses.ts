import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { sourceFiles } from '../../scripts/source-fingerprint.mjs';

const root = join(import.meta.dirname, '../..');
const use = /<(Dialog|ConfirmDialog|Lightbox|Menu|Popover|dialog)(?=[\s>])/g;
/** The parts themselves: a use of theirs is somewhere else. */
const parts = ['dialog', 'confirm-dialog', 'lightbox', 'menu', 'popover'].map((name) => `ui/${name}.tsx`);

const isComponent = (path: string): boolean => /^(?:features|markdown|ui)\/.*\.tsx$/.test(path);

/** Names every use of a dialog, menu or popover in a file: "features/settings/key-row.tsx Menu", with a number from the second of its kind on. */
function eachUse(path: string, code: string, named: (tag: string, name: string) => string): string {
  const counts = new Map<string, number>();
  return code.replace(use, (tag, kind: string) => {
    const nth = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, nth);
    return named(tag, `${path} ${kind}${nth === 1 ? '' : ` ${nth}`}`);
  });
}

/** Every use in the app. */
export function layerUses(): string[] {
  const found: string[] = [];
  for (const file of sourceFiles(root)) {
    const path = file.replace(/^renderer\//, '');
    if (!file.startsWith('renderer/') || !isComponent(path) || parts.includes(path)) continue;
    eachUse(path, readFileSync(join(root, file), 'utf8'), (tag, name) => {
      found.push(name);
      return tag;
    });
  }
  return found.sort();
}

/** In the gallery what is open says where in the source it is used: on the dialog, or on the button of the menu, as `data-use`. */
export function tagLayers(): Plugin {
  return {
    name: 'tag-layers',
    enforce: 'pre',
    transform(code, id) {
      const path = relative(join(root, 'renderer'), id).split(sep).join('/');
      if (!isComponent(path)) return null;
      // The parts hand on what they were given.
      const handedOn = "data-use={arguments[0]['data-use']}";
      if (!parts.includes(path)) return eachUse(path, code, (tag, name) => `${tag} data-use="${name}"`);
      return code
        .replace(/<dialog(?=\s)/, `<dialog ${handedOn}`)
        .replace(/aria-haspopup=/, `${handedOn} aria-haspopup=`);
    },
  };
}

/** In the gallery what is still being fetched is counted by the page, as soon as `window.fetching` is there. */
export function tellImports(): Plugin {
  return {
    name: 'tell-imports',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(join(root, 'renderer')) || !/\.tsx?$/.test(id)) return null;
      return code.replace(/\bimport\(('[^']+')\)/g, '(globalThis.fetching ?? ((one) => one))(import($1))');
    },
  };
}
