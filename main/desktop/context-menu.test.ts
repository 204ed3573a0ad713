import { expect, it } from 'vitest';
import { contextMenuTemplate } from './context-menu.ts';
import { en } from './words/en.ts';

const nowhere = {
  isEditable: false,
  selectionText: '',
  misspelledWord: '',
  dictionarySuggestions: [] as string[],
  linkURL: '',
  mediaType: 'none' as const,
  hasImageContents: false,
};
function menu(at: Partial<Parameters<typeof contextMenuTemplate>[0]>) {
  const done: unknown[] = [];
  const template = contextMenuTemplate(
    { ...nowhere, ...at },
    {
      replaceWith: (word) => done.push(['replace', word]),
      addToDictionary: (word) => done.push(['add', word]),
      copyText: (text) => done.push(['copy', text]),
      copyImage: () => done.push(['image']),
    },
    en,
  );
  const names = template.map((item) => item.role ?? item.label ?? item.type);
  const choose = (label: string) =>
    (template.find((item) => item.label === label)?.click as (() => void) | undefined)?.();
  return { names, done, choose };
}

it('offers editing in a field, copying on a selection, and nothing elsewhere', () => {
  expect(menu({ isEditable: true }).names).toEqual(['undo', 'redo', 'separator', 'cut', 'copy', 'paste', 'selectAll']);
  expect(menu({ selectionText: 'words' }).names).toEqual(['copy']);
  expect(menu({ selectionText: '  ' }).names).toEqual([]);
});

it('offers words for one that is misspelled, before everything else, and to add it', () => {
  const wrong = {
    isEditable: true,
    misspelledWord: 'helo',
    dictionarySuggestions: ['hello', 'help', 'a', 'b', 'c', 'd'],
  };
  const { names, done, choose } = menu(wrong);
  expect(names.slice(0, 7)).toEqual(['hello', 'help', 'a', 'b', 'c', 'Add to Dictionary', 'separator']);
  choose('hello');
  choose('Add to Dictionary');
  expect(done).toEqual([
    ['replace', 'hello'],
    ['add', 'helo'],
  ]);
  expect(menu({ ...wrong, dictionarySuggestions: [] }).names.slice(0, 2)).toEqual([
    'No suggestions',
    'Add to Dictionary',
  ]);
});

it('copies the address of a link that leads outside, and of no other', () => {
  const { names, done, choose } = menu({ linkURL: 'https://example.org/a b', selectionText: 'here' });
  expect(names).toEqual(['Copy Link', 'separator', 'copy']);
  choose('Copy Link');
  expect(done).toEqual([['copy', 'https://example.org/a%20b']]);
  for (const linkURL of ['app://quarterdeck/#/new', 'file:///etc/passwd', 'javascript:alert(1)']) {
    expect(menu({ linkURL }).names).toEqual([]);
  }
});

it('copies an image that is there', () => {
  const { names, done, choose } = menu({ mediaType: 'image', hasImageContents: true });
  expect(names).toEqual(['Copy Image']);
  choose('Copy Image');
  expect(done).toEqual([['image']]);
  expect(menu({ mediaType: 'image' }).names).toEqual([]);
});
