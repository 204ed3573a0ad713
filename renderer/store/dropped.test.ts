import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../main/protocol/errors.ts';
import type { Client } from './client.ts';
import { mayHoldFolder, openFolders, takeApart } from './dropped.ts';
import { newSessionStart } from './new-session-form.ts';

const item = (name: string, { folder = false, type = '', kind = 'file' } = {}) => ({
  ...{ kind, type },
  getAsFile: () => new File([], name),
  webkitGetAsEntry: () => ({ name, isDirectory: folder }),
});
const held = (...items: object[]) => ({ items: items as unknown as DataTransferItemList });

let told: Problem[] = [];
const client = (pathOf?: (file: File) => string) =>
  ({ bridge: { pathOf }, report: (problem: Problem) => told.push(problem) }) as unknown as Client;
beforeEach(() => {
  told = [];
  newSessionStart.setState({ start: {}, opened: 0 });
  Object.assign(globalThis, { location: { hash: '' }, history: { pushState() {}, replaceState() {} } });
});

describe('what is held above the page', () => {
  it('may be a folder where no media type is told, or nothing at all', () => {
    expect(mayHoldFolder(held(item('app'), item('a.png', { type: 'image/png' })))).toBe(true);
    expect(mayHoldFolder(held())).toBe(true);
    expect(mayHoldFolder(held(item('a.png', { type: 'image/png' })))).toBe(false);
  });
});

describe('what is dropped', () => {
  it('is taken apart into folders and files, without the words that come along', () => {
    const { folders, files } = takeApart(
      held(item('app', { folder: true }), item('a.txt'), item('words', { kind: 'string' })),
    );
    expect(folders.map(({ name }) => name)).toEqual(['app']);
    expect(files.map(({ name }) => name)).toEqual(['a.txt']);
  });

  it('begins a draft in its first folder, and says that the others were left', () => {
    const { folders } = takeApart(held(item('gone', { folder: true }), item('app', { folder: true })));
    expect(
      openFolders(
        client(({ name }) => (name === 'app' ? '/work/app' : '')),
        folders,
      ),
    ).toBe(true);
    expect(newSessionStart.getState().start).toEqual({ cwd: '/work/app' });
    expect(told.map(({ message }) => message)).toEqual([expect.stringContaining('“app” was opened')]);
  });

  it('is said to have no place where it has none, and to be unseen in a browser; nothing is opened', () => {
    const { folders } = takeApart(held(item('app', { folder: true })));
    expect(
      openFolders(
        client(() => ''),
        folders,
      ),
    ).toBe(false);
    expect(openFolders(client(), folders)).toBe(false);
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringContaining('no place on this disk'),
      expect.stringContaining('a browser does not tell'),
    ]);
    expect(newSessionStart.getState().opened).toBe(0);
  });
});
