import { expect, it } from 'vitest';
import { rememberSaid, saidInFolder } from './said-in-folder.ts';

it('what was said in a folder is kept newest first, each once, so many of them', () => {
  for (const text of ['a', 'b', 'a', ' ', 'x'.repeat(4_001)]) rememberSaid('/project', text);
  expect(saidInFolder('/project')).toEqual(['a', 'b']);
  expect(saidInFolder('/other')).toEqual([]);
  expect(saidInFolder('constructor')).toEqual([]);
  for (let n = 0; n < 60; n += 1) rememberSaid('/project', `${n}`);
  expect(saidInFolder('/project')).toHaveLength(50);
  expect(saidInFolder('/project')[0]).toBe('59');
  for (let n = 0; n < 30; n += 1) rememberSaid(`/${n}`, 'x');
  expect(saidInFolder('/project')).toEqual([]);
});
