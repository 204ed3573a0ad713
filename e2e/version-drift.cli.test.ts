import { describe, expect } from 'vitest';
import { it, openSession, talk } from './bad-input/app-test-support.ts';

describe('a CLI that is newer than this app', { timeout: 60_000 }, () => {
  it('breaks nothing: what it says is kept as it came, shown as a plain line, and told by the doctor', async ({
    stage,
  }) => {
    const [home, work] = [stage.folder('home'), stage.folder('work')];
    const app = await stage.serve({ home, fromSource: true });
    const client = await app.connect();
    await client.ask({ type: 'list_providers' });
    const session_id = await openSession(client, work);
    expect(await talk(client, session_id, '[newer]')).toMatchObject({ status: 'completed' });
    const notice = client.events.find((event) => event.code === 'unknown_message');
    expect(notice).toMatchObject({ type: 'notice', level: 'info', raw: expect.stringContaining('"type"') });
    // The conversation goes on.
    expect(await talk(client, session_id, 'Hello')).toMatchObject({ status: 'completed' });

    const { result } = await client.ask({ type: 'doctor' });
    expect(result.not_understood[0]).toMatchObject({
      provider: 'claude',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      count: 1,
      session_id,
      sample: expect.stringContaining('"type"'),
    });
    expect(result.checks.find((check: { id: string }) => check.id === 'not-understood')).toMatchObject({
      state: 'warning',
    });
    await app.kill();
    const verb = await stage.quarterdeck(['doctor'], { home, fromSource: true });
    expect(verb.stdout).toMatch(/Not understood, newest first:\n {2}claude \S+: nova.*, 1 times/);

    // It is still known after a restart.
    const again = await stage.serve({ home, fromSource: true });
    const later = await (await again.connect()).ask({ type: 'doctor' });
    expect(later.result.not_understood).toEqual(result.not_understood);
  });
});
