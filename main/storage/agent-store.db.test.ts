import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { CustomAgent } from '../protocol/settings.ts';
import { createAgentStore } from './agent-store.ts';
import { migration } from './migrations/0060-custom-agents.ts';

const agent = (id: string, name = id): CustomAgent => ({ id, name, command: 'x', args: ['acp'], env: { A: 'b' } });

describe('the store of agents', () => {
  it('keeps them in the order they were added, and what was learned of them', () => {
    const db = new Database(':memory:');
    db.exec(migration.sql);
    let now = 10;
    const store = createAgentStore(db, () => now++);
    store.put(agent('zed'), null);
    store.put(agent('abe'), '{"a":1}');
    store.remember('zed', '{"b":2}');
    store.remember('nobody', '{}');
    store.put(agent('zed', 'Renamed'), '{"b":3}');
    expect(store.list()).toEqual([
      { agent: agent('zed', 'Renamed'), known: '{"b":3}' },
      { agent: agent('abe'), known: '{"a":1}' },
    ]);
    expect(store.remove('zed')).toBe(true);
    expect(store.remove('zed')).toBe(false);
    db.prepare("UPDATE custom_agents SET agent = '{broken'").run();
    expect(store.list()).toEqual([]);
    db.pragma('query_only = ON');
    expect(() => store.put(agent('new'), null)).toThrow(/refused/);
    expect(() => store.remember('abe', '{}')).not.toThrow();
  });
});
