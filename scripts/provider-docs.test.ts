import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Capabilities } from '../main/protocol/values.ts';
import { providerDoc, providerDocPath } from './provider-docs.ts';

describe('docs/providers.md', () => {
  it('is what the adapters declare (npm run docs writes it)', () => {
    expect(readFileSync(providerDocPath, 'utf8')).toBe(providerDoc());
  });

  it('has a row for every capability', () => {
    const rows = providerDoc()
      .split('\n')
      .filter((line) => line.startsWith('| ') && line.split('|').length === 8);
    // The head, the line under it, and one for each capability.
    expect(rows).toHaveLength(Object.keys(Capabilities.shape).length + 2);
  });
});
