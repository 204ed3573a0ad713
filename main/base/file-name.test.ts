import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileName } from './file-name.ts';

const stems = [
  '',
  'a',
  '..',
  '../..',
  '/etc/passwd',
  'C:\\boot.ini',
  '\\\\srv\\x',
  '%2e%2e%2fx',
  'a%00b',
  ' ',
  '...',
  '~',
  '-rf',
  '$(id)',
  '`id`',
  'x'.repeat(300),
  'ü'.repeat(200),
  '🎉'.repeat(100),
  'a\u202egnp.exe',
  'e\u0301',
  '\ud800',
  '\u200b',
  'content',
  '.incoming',
];
const reserved = ['con', 'PRN', 'aux', 'NUL', 'com1', 'COM9', 'lpt3', 'com¹', 'CONIN$', 'conout$', 'nul ', 'con.'];
const endings = [
  '',
  '.',
  '.txt',
  '.tar.gz',
  '.jpg ',
  '.html',
  '.\u0000png',
  `.${'e'.repeat(40)}`,
  '..',
  '/',
  '\n',
  '\r\nX: y',
  ':stream',
  '"',
  '*',
];
const controls = [...Array(32).keys(), 127, 128, 159, 0x200e, 0x2028, 0x2066, 0xfeff].map((code) =>
  String.fromCodePoint(code),
);

const unfit = /[/\\:*?"<>|]|[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|^[.\s]|[.\s]$/u;
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:$|[.\s])/i;

function expectSafe(name: string): void {
  const safe = fileName(name);
  expect(safe, JSON.stringify(name)).not.toBe('');
  expect(unfit.test(safe), JSON.stringify([name, safe])).toBe(false);
  expect(device.test(safe), JSON.stringify([name, safe])).toBe(false);
  expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
  expect([...safe].length).toBeLessThanOrEqual(140);
  expect(fileName(safe), 'a safe name stays as it is').toBe(safe);
}

it('every hostile name becomes one that every file system takes, and nothing else', () => {
  const names = [
    ...[...stems, ...reserved].flatMap((stem) => endings.map((ending) => stem + ending)),
    ...controls.flatMap((control) => [`a${control}b.txt`, `${control}.txt`, `a.${control}`, control]),
  ];
  for (const name of names) expectSafe(name);
  console.info(`hostile names tried: ${names.length}; unsafe: 0`);
  expect(names.length).toBeGreaterThan(600);
});

it('and so does every text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), expectSafe), { numRuns: 5_000 });
});

it('keeps what is good of a name, and its ending when it is cut', () => {
  expect(fileName('Bericht Q3 (final).pdf')).toBe('Bericht Q3 (final).pdf');
  expect(fileName('.jpg')).toBe('file.jpg');
  expect(fileName(`${'long'.repeat(100)}.jpeg`)).toMatch(/^(long)+.*\.jpeg$/);
  expect(fileName('nul.txt')).toBe('file-nul.txt');
  expect(fileName('../../etc/passwd')).not.toContain('/');
});
