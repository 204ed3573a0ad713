import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApprovalRecord } from '../../main/protocol/views.ts';
import { formatScenario } from '../model-server/format-scenario.ts';
import { say } from '../steps/script.ts';
import { testCacheDir } from '../tools/test-cache.ts';
import { type AppPlace, startAppPlace } from './app-place.ts';
import { acp, claude, codex, type Dialect } from './dialects.ts';

/**
 * A request under which the app, or the agent's program, was killed: answered by a person while nobody waits for it, and given to the real program
 * when it asks for the same again after it was resumed.
 */
describe.each([claude, codex, acp])(
  '$name, after the app was killed while it waited',
  { timeout: 180_000 },
  (dialect) => {
    it('is given the kept answer for the same command, once, and asks again for another one', async () => {
      const place = await start(dialect);
      const { app, folder, scripts } = place;
      try {
        const session = await app.session({ cwd: folder, provider: dialect.provider, model: dialect.model });
        // The conversation is on disk before anything happens to it.
        scripts['Remember this.'] = formatScenario({ steps: [[say('The word is heliotrope.')]] });
        expect((await session.turn('Remember this.')).status).toBe('completed');
        scripts['Build it.'] = formatScenario({
          steps: [[dialect.command('echo built >> built.txt')], [say('Built.')]],
        });
        const first = await session.say('Build it.');
        const request = await session.request(first);
        await app.kill();
        await app.start();

        expect((await session.ended(first)).status).toBe('interrupted');
        expect(await pending(place)).toMatchObject([
          { approval_id: request.approval_id, digest: request.digest, waits: false, answer: null },
        ]);
        expect(await session.answer(request.approval_id, 'allow_once')).toMatchObject({ kept: true });
        expect(existsSync(join(folder, 'built.txt'))).toBe(false);

        scripts['Go on.'] = formatScenario({
          steps: [
            [dialect.command('echo built >> built.txt')],
            [dialect.command('echo other >> built.txt')],
            [dialect.command('echo built >> built.txt')],
            [say('Both.')],
          ],
        });
        const second = await session.say('Go on.');
        // The same command needs nobody any more; the other one does, and so does the same once more.
        const other = await session.request(second);
        expect(other.command).toContain('echo other');
        expect(readFileSync(join(folder, 'built.txt'), 'utf8')).toBe('built\n');
        const given = session.of(second).find((one) => one.type === 'approval_resolved');
        expect(given).toMatchObject({
          decision: 'allow_once',
          digest: request.digest,
          stored: { approval_id: request.approval_id },
          by: { kind: 'owner' },
        });
        await session.answer(other.approval_id, 'deny');
        const again = await session.request(second);
        expect(again.digest).toBe(request.digest);
        await session.answer(again.approval_id, 'deny');
        expect((await session.ended(second)).status).toBe('completed');
        expect(readFileSync(join(folder, 'built.txt'), 'utf8')).toBe('built\n');
        expect(await pending(place)).toEqual([]);
      } finally {
        await place.end();
      }
    });

    it('is asked by a person again when it wants something else than what was allowed', async () => {
      const place = await start(dialect);
      const { app, folder, scripts } = place;
      try {
        const session = await app.session({ cwd: folder, provider: dialect.provider, model: dialect.model });
        scripts['Remember this.'] = formatScenario({ steps: [[say('The word is heliotrope.')]] });
        await session.turn('Remember this.');
        // Whether the resumed program goes on with the call that was cut off or begins anew: the next thing it wants is this.
        const other = [dialect.command('echo built >> built.txt; echo more')];
        scripts['Build it.'] = formatScenario({
          steps: [[dialect.command('echo built >> built.txt')], other, [say('Built.')]],
        });
        scripts['Go on.'] = formatScenario({ steps: [other, [say('Well.')]] });
        const first = await session.say('Build it.');
        const request = await session.request(first);
        // The program alone dies; the app lives on.
        const own = new Set([app.pid]);
        for (const pid of place.running()) if (!own.has(pid)) process.kill(pid, 'SIGKILL');
        expect((await session.ended(first)).status).toBe('failed');
        expect(await pending(place)).toMatchObject([{ approval_id: request.approval_id, waits: false }]);
        expect(await session.answer(request.approval_id, 'allow_once')).toMatchObject({ kept: true });

        const second = await session.say('Go on.');
        const changed = await session.request(second);
        expect(changed.digest).not.toBe(request.digest);
        expect(session.of(second)).toContainEqual(
          expect.objectContaining({
            type: 'approval_lapsed',
            approval_id: request.approval_id,
            reason: 'other_action',
          }),
        );
        await session.answer(changed.approval_id, 'deny');
        expect((await session.ended(second)).status).toBe('completed');
        expect(existsSync(join(folder, 'built.txt'))).toBe(false);
      } finally {
        await place.end();
      }
    });
  },
);

describe('the built-in guide, after the app was killed while it waited', { timeout: 90_000 }, () => {
  it('is given the kept answer for the same command, once', async () => {
    const place = await startAppPlace('kept-demo', [claude]);
    const { app, folder } = place;
    try {
      const session = await app.session({ cwd: folder, provider: 'demo' });
      const first = await session.say('run echo built >> built.txt');
      const request = await session.request(first);
      await app.kill();
      await app.start();
      await session.ended(first);
      expect(await session.answer(request.approval_id, 'allow_once')).toMatchObject({ kept: true });
      const second = await session.turn('run echo built >> built.txt');
      expect(second.status).toBe('completed');
      expect(readFileSync(join(folder, 'built.txt'), 'utf8')).toBe('built\n');
      const third = await session.say('run echo built >> built.txt');
      const again = await session.request(third);
      expect(again.digest).toBe(request.digest);
      await session.answer(again.approval_id, 'deny');
      await session.ended(third);
    } finally {
      await place.end();
    }
  });
});

async function start(dialect: Dialect): Promise<AppPlace & { scripts: Record<string, string> }> {
  const scripts: Record<string, string> = {};
  const below = join(testCacheDir(), 'places');
  mkdirSync(below, { recursive: true, mode: 0o700 });
  return { ...(await startAppPlace(`kept-${dialect.name}`, [dialect], { below, scripts })), scripts };
}

async function pending({ app }: AppPlace): Promise<ApprovalRecord[]> {
  const answer = await app.client.ask<{ approvals: ApprovalRecord[] }>({
    type: 'approvals_list',
    status: 'pending',
    limit: 50,
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.approvals;
}
