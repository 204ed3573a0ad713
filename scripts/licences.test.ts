import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { licencesFile, shippedPackages } from './licences.ts';

const root = join(import.meta.dirname, '..');
const packages = shippedPackages(root);

describe('the licences of what people get', () => {
  it('lack for no package of the lock file that is shipped: each names one, and has a text', () => {
    expect(packages.length).toBeGreaterThan(50);
    expect(packages.filter(({ licence, text }) => !licence || !text).map(({ name }) => name)).toEqual([]);
  });

  it('cover every direct dependency', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const known = new Set(packages.map(({ name }) => name));
    expect(Object.keys(dependencies).filter((name) => !known.has(name) && !builtinModules.includes(name))).toEqual([]);
  });

  it('are the whole texts, as the packages bring them', () => {
    const react = packages.find(({ name }) => name === 'react');
    expect(react).toMatchObject({ licence: 'MIT', text: expect.stringContaining('Permission is hereby granted') });
    const stated = packages.filter(({ text }) => text.startsWith('This package brings no text'));
    expect(stated.length / packages.length).toBeLessThan(0.1);
  });

  it('stand in the file once each, however many packages have the same', () => {
    const file = JSON.parse(licencesFile(packages)) as { packages: { name: string; text: number }[]; texts: string[] };
    expect(new Set(file.texts).size).toBe(file.texts.length);
    const at = file.packages.find(({ name }) => name === 'react')!.text;
    expect(file.texts[at]).toBe(packages.find(({ name }) => name === 'react')!.text);
  });
});
