import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { firstLoad } from './first-load.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-first-load-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    '<script type="module" crossorigin src="./assets/a.js"></script><link rel="stylesheet" href="./assets/a.css">',
  );
  writeFileSync(join(folder, 'assets/a.css'), 'p{}');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('counts what is imported at once, each file once, and nothing that is imported later', () => {
  writeFileSync(
    join(folder, 'assets/a.js'),
    'import{x}from"./b.js";import"./c.js";import("./late.js");export{y}from"./c.js"',
  );
  writeFileSync(join(folder, 'assets/b.js'), 'import"./c.js"');
  writeFileSync(join(folder, 'assets/c.js'), '1');
  const { files, scriptBytes } = firstLoad(folder);
  expect(files.map((file) => basename(file)).sort()).toEqual(['a.css', 'a.js', 'b.js', 'c.js']);
  const own = ['a.js', 'b.js', 'c.js'].map((name) => statSync(join(folder, 'assets', name)).size);
  expect(scriptBytes).toBe(own.reduce((sum, size) => sum + size, 0));
});

it('says which file is missing', () => {
  expect(() => firstLoad(folder)).toThrow('a.js');
});
