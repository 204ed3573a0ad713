import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Command } from '../main/protocol/commands.ts';
import { errors } from '../main/protocol/errors.ts';
import { SessionEvent } from '../main/protocol/events.ts';
import { Query } from '../main/protocol/queries.ts';
import { protocolDoc, protocolDocPath } from './protocol-docs.ts';

describe('docs/protocol.md', () => {
  it('is what the schemas say (npm run docs writes it)', () => {
    expect(readFileSync(protocolDocPath, 'utf8')).toBe(protocolDoc());
  });

  it('names every command, query, event and error', () => {
    const doc = protocolDoc();
    for (const union of [Command, Query, SessionEvent]) {
      for (const option of union.options) expect(doc).toContain(`### \`${[...option.shape.type.values][0]}\``);
    }
    for (const code of Object.keys(errors)) expect(doc).toContain(`| \`${code}\` |`);
  });
});
