import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { Approvals } from './approvals.ts';
import type { PermissionSignal } from './translated.ts';

type Request = Extract<ProviderEvent, { type: 'approval_request' }>;

describe('a request about a file', () => {
  let top: string;
  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'approvals-')));
    mkdirSync(join(top, 'project'));
    mkdirSync(join(top, 'outside'));
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  const announced = (path: string, input: unknown = { content: 'a' }, home = '/nowhere') =>
    new Promise<Request>((resolve) => {
      const emit = (event: ProviderEvent) => resolve(event as Request);
      const signal: PermissionSignal = {
        type: 'cli_permission',
        ref: 'r',
        tool_call_id: 't',
        tool: 'Write',
        kind: 'edit',
        title: 'Write',
        input,
        cliInput: input,
        suggestions: [],
        path: join(top, 'project', path),
      };
      new Approvals({ cwd: join(top, 'project'), home, emit }).request(signal);
    });

  it('in the folder offers a rule for the folder', async () => {
    expect(await announced('a')).toMatchObject({ rule: { match: 'folder' }, path: join(top, 'project', 'a') });
  });

  it.skipIf(process.platform === 'win32')(
    'shows where a link leads although nothing is there, and offers nothing',
    async () => {
      symlinkSync('../outside/x', join(top, 'project', 'notes.txt'));
      expect(await announced('notes.txt')).toMatchObject({ rule: null, path: join(top, 'outside', 'x') });
    },
  );

  it.skipIf(process.platform === 'win32')('has no path that a rule could match where none can be told', async () => {
    symlinkSync('loop', join(top, 'project', 'loop'));
    for (const path of ['loop', 'a\0b']) {
      const request = await announced(path);
      expect([request.rule, request.path, request.diff]).toEqual([null, undefined, undefined]);
    }
  });

  it('offers nothing lasting in the home folder', async () => {
    expect(await announced('a', { content: 'a' }, join(top, 'project'))).toMatchObject({ rule: null });
  });

  it('is announced without a difference when that cannot be worked out', async () => {
    const input = {
      get content(): string {
        throw new Error('defect');
      },
    };
    const request = await announced('a', input);
    expect(request.diff).toBeUndefined();
    expect(request.rule).toMatchObject({ match: 'folder' });
  });
});
