import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Command } from '../main/protocol/commands.ts';
import { errors, retries } from '../main/protocol/errors.ts';
import { SessionEvent } from '../main/protocol/events.ts';
import { ClientFrame, ServerFrame } from '../main/protocol/frames.ts';
import { Query } from '../main/protocol/queries.ts';
import { frameScopes } from '../main/security/scopes.ts';
import { protocolDoc, protocolDocPath } from './protocol-docs.ts';
import { exchange } from './protocol-example.ts';

describe('docs/protocol.md', () => {
  it('is what the schemas say (npm run docs writes it)', () => {
    expect(readFileSync(protocolDocPath, 'utf8')).toBe(protocolDoc());
  });

  it('names every command, query, event and error, and every frame of the server', () => {
    const doc = protocolDoc();
    for (const type of [
      'welcome',
      'response',
      'events',
      'earlier',
      'attached',
      'goal_status',
      'access_changed',
      'closing',
    ]) {
      expect(doc).toContain(`### \`${type}\``);
    }
    for (const union of [Command, Query, SessionEvent]) {
      for (const option of union.options) expect(doc).toContain(`### \`${[...option.shape.type.values][0]}\``);
    }
    for (const code of Object.keys(errors)) expect(doc).toContain(`| \`${code}\` |`);
  });

  it('says of every frame of a client which scopes it needs', () => {
    const sections = protocolDoc().split('\n### ');
    for (const type of Object.keys(frameScopes)) {
      const section = sections.find((one) => one.startsWith(`\`${type}\`\n`));
      expect(section, type).toMatch(/\nNeeds (no scope|`[a-z:]+`)/);
    }
    expect(protocolDoc()).toContain('Needs `chat`; also `approvals:write` for the modes `full` and `accept-edits`.');
  });

  it('says of every error what a client does next', () => {
    for (const { retry } of Object.values(errors)) expect(retries[retry]).toBeTruthy();
  });

  it('shows an exchange whose frames are right', () => {
    for (const { from, frame } of exchange) {
      const parsed = from === 'client' ? ClientFrame.safeParse(frame) : ServerFrame.safeParse(frame);
      expect(parsed.error?.issues, JSON.stringify(frame)).toBeUndefined();
    }
  });
});
