import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionEvent } from '../protocol/events.ts';
import type { SessionId } from '../protocol/ids.ts';
import { by, claudeLine, TestVault } from './reader-test-support.ts';

let vault: TestVault;
beforeEach(() => {
  vault = new TestVault();
});
afterEach(() => vault.close());

const provider = 'claude' as never;
const at = Date.parse('2026-11-20T12:00:00Z');
const created = (title: string): SessionEvent =>
  ({ type: 'session_created', title, cwd: '/w', provider, mode: 'ask', model: null, effort: null, by }) as never;
const said = (text: string): SessionEvent =>
  ({ type: 'user_message', message_id: 'msg_1', text, attachments: [], by }) as never;
const named = (provider_session_id: string): SessionEvent => ({
  type: 'provider_session',
  provider,
  provider_session_id,
});
const session = (name: string, ...events: SessionEvent[]): SessionId => vault.log(name, at, [created(name), ...events]);

/** How many rows of the vault still name this session. */
async function rowsOf(session_id: SessionId): Promise<number> {
  await vault.restart();
  const db = new Database(vault.vault, { readonly: true });
  try {
    return ['log_sessions', 'log_items', 'log_turns', 'log_bindings']
      .map(
        (table) => db.prepare(`SELECT count(*) FROM ${table} WHERE session_id = ?`).pluck().get(session_id) as number,
      )
      .reduce((sum, rows) => sum + rows, 0);
  } finally {
    db.close();
  }
}

describe('a session that was deleted', () => {
  it('is found by nothing that was said in it, nor is its text in the file any more; others are', async () => {
    const gone = session('gone', said('Paint the lighthouse with saffron.'));
    const stays = session('stays', said('Paint the boat with indigo.'));
    expect(await vault.search('paint')).toHaveLength(2);
    vault.deleteSession(gone);
    expect(await vault.search('saffron')).toEqual([]);
    expect(await vault.search('paint')).toMatchObject([{ where: { kind: 'session', session_id: stays } }]);
    expect(await rowsOf(gone)).toBe(0);
    const bytes = readFileSync(vault.vault);
    expect([bytes.includes('with saffron'), bytes.includes('with indigo')]).toEqual([false, true]);
  });

  it('takes no words away that another session, or a conversation of a CLI, has said as well', async () => {
    vault.append(vault.claude('c2'), claudeLine('user', 'Oil the hinges.'));
    await vault.scan();
    const gone = session('gone', said('Paint the lighthouse.'), said('Oil the hinges.'));
    const stays = session('stays', said('Paint the lighthouse.'));
    expect(await vault.search('hinges')).toMatchObject([{ where: { kind: 'session', session_id: gone } }]);
    vault.deleteSession(gone);
    expect(await vault.search('lighthouse')).toMatchObject([{ where: { kind: 'session', session_id: stays } }]);
    expect(await vault.search('hinges')).toMatchObject([{ where: { kind: 'import' } }]);
  });

  it("leaves the CLI's own conversation to the CLI: it is listed as one of its own again", async () => {
    const gone = session('gone', named('c1'), said('Paint the lighthouse.'));
    vault.append(vault.claude('c1'), claudeLine('user', 'Paint the lighthouse.', at + 1500));
    await vault.scan();
    expect(await vault.list()).toEqual([]);
    vault.deleteSession(gone);
    await vault.scan();
    expect(await vault.list()).toMatchObject([{ provider_session_id: 'c1' }]);
  });

  it('is forgotten at the next start, when it was deleted while nobody read', async () => {
    const gone = session('gone', said('Paint the lighthouse.'));
    expect(await vault.search('paint')).toHaveLength(1);
    await vault.restart();
    vault.deleteSession(gone);
    expect(await vault.search('paint')).toEqual([]);
    expect(await rowsOf(gone)).toBe(0);
  });

  it('is read anew when a backup brings it back', async () => {
    const gone = session('gone', said('Paint the lighthouse.'));
    await vault.search('paint');
    vault.deleteSession(gone);
    expect(await vault.search('paint')).toEqual([]);
    session('gone', said('Paint the lighthouse.'));
    expect(await vault.search('paint')).toMatchObject([{ where: { kind: 'session', session_id: gone } }]);
  });
});
