import { describe, expect, it } from 'vitest';
import { type ClientFrame, clientFrames } from '../protocol/frames.ts';
import type { SessionId } from '../protocol/ids.ts';
import { frameReach, outOfReach } from './frame-reach.ts';
import type { Principal } from './ports.ts';
import { noSession } from './problems.ts';

const narrow: Principal = {
  actor: { kind: 'api_key', id: 'k', via: 'http' },
  scopes: new Set(['admin']),
  restrictions: { workspaces: ['/project'] },
};
const wide: Principal = { ...narrow, restrictions: {} };
const types = Object.keys(frameReach) as ClientFrame['type'][];
const of = (reach: string) => types.filter((type) => frameReach[type] === reach);
const named = (type: string) => ({ type, session_id: 'ses_12345678' }) as unknown as ClientFrame;
const bare = (type: string) => ({ type }) as unknown as ClientFrame;
const only = (known: string) => (session_id: SessionId) => session_id === known;

describe('what frames reach', () => {
  it('stands in the table for every frame type of the protocol, and no other', () => {
    expect([...types].sort()).toEqual([...clientFrames.keys()].sort());
  });

  it('is said of a frame that names a session: the session has to exist for whoever asks', () => {
    for (const [type, schema] of clientFrames) {
      const { shape } = schema as unknown as {
        shape: Record<string, { safeParse(value: unknown): { success: boolean } }>;
      };
      const needsSession = shape.session_id !== undefined && !shape.session_id.safeParse(undefined).success;
      if (needsSession && type !== 'detach')
        expect(['session', 'opens', 'filtered'], type).toContain(frameReach[type as ClientFrame['type']]);
    }
  });

  it.each(types.filter((type) => type !== 'detach' && frameReach[type] !== 'machine'))(
    'says of "%s" with a session outside that there is none',
    (type) => {
      expect(outOfReach(narrow, named(type), only('ses_other'))).toBe(noSession);
      expect(outOfReach(narrow, named(type), only('ses_12345678'))).toBeNull();
      expect(outOfReach(wide, named(type), () => false)).toBeNull();
    },
  );

  it.each(of('machine'))('keeps "%s" from who is narrowed, also with the scope admin', (type) => {
    expect(outOfReach(narrow, bare(type), () => true)?.code).toBe('forbidden');
    expect(outOfReach(wide, bare(type), () => true)).toBeNull();
  });
});
