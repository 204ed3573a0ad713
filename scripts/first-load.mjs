/** What a browser must fetch before the page can show anything: the scripts and styles that `index.html` names, and whatever those import at once. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Most bytes of script, gzipped, that a phone fetches before the page stands. */
export const firstScriptBudget = 250_000;

const named = /<(?:script|link)\b[^>]*?\b(?:src|href)="(\.\/[^"]+\.(?:js|css))"/g;
/** `import … from "./x.js"`, `export … from` and the bare `import "./x.js"`; an `import()` comes later and does not count. */
const importedAtOnce = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g;

const all = (text, pattern) => [...text.matchAll(pattern)].map(([, path]) => path);

/**
 * @param {string} folder - the built page.
 * @param {string[]} [also] - modules that are files of their own and come later, to be counted too: their names, without an ending.
 * @returns {{ files: string[], scriptBytes: number, scriptGzip: number, styleGzip: number }}
 */
export function firstLoad(folder, also = []) {
  const waiting = all(readFileSync(join(folder, 'index.html'), 'utf8'), named).map((path) => join(folder, path));
  for (const name of also) waiting.push(scriptOf(join(folder, 'assets'), name));
  const files = new Set();
  const size = { scriptBytes: 0, scriptGzip: 0, styleGzip: 0 };
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    if (!existsSync(file)) throw new Error(`The page names a file that was not built: ${file}`);
    files.add(file);
    const bytes = readFileSync(file);
    const gzip = gzipSync(bytes, { level: 6 }).length;
    if (file.endsWith('.css')) {
      size.styleGzip += gzip;
      continue;
    }
    size.scriptBytes += bytes.length;
    size.scriptGzip += gzip;
    waiting.push(...all(bytes.toString(), importedAtOnce).map((path) => join(dirname(file), path)));
  }
  return { files: [...files], ...size };
}

function scriptOf(folder, name) {
  const found = readdirSync(folder).filter((file) => file.startsWith(`${name}-`) && file.endsWith('.js'));
  if (found.length !== 1) throw new Error(`${found.length} scripts of the page are called ${name}`);
  return join(folder, found[0]);
}
