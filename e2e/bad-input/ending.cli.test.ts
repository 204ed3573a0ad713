import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { processesMarked, waitGone } from '../tools/process-tree.ts';
import { endOf, it, openSession, type Stage, say, talk } from './app-test-support.ts';

/** What the app promises, milliseconds. */
const endsWithin = 5_000;

let count = 0;

/** A turn that runs. `ended`: sends the signal, and waits for the app and all that it started. */
async function running(stage: Stage, prompt: string) {
  const marker = { name: 'BAD_INPUT_RUN', value: `${process.pid}-${++count}` };
  const [home, folder] = [stage.folder('home'), stage.folder()];
  const app = await stage.serve({ home, env: { [marker.name]: marker.value } });
  const client = await app.connect();
  const session_id = await openSession(client, folder);
  await talk(client, session_id, 'Before');
  const turn_id = await say(client, session_id, prompt);
  await client.until('its words', (frame) => frame.type === 'text_delta' && frame.turn_id === turn_id);
  return {
    home,
    app,
    session_id,
    turn_id,
    said: (words: string) =>
      client.until(words, (frame) => frame.type === 'text_delta' && String(frame.text).includes(words)),
    async ended(signal: NodeJS.Signals) {
      const asked = performance.now();
      const exit = await app.kill(signal);
      expect(performance.now() - asked).toBeLessThan(endsWithin);
      const left = await waitGone(processesMarked(`${marker.name}=${marker.value}`), 3000);
      for (const pid of left) process.kill(pid, 'SIGKILL');
      expect(left).toEqual([]);
      return exit;
    },
    /** The next start has everything, and the turn is settled. */
    async settled() {
      const again = await (await stage.serve({ home })).connect();
      await again.ask({ type: 'attach', session_id, after_seq: 0 });
      const end = await endOf(again, turn_id);
      expect((await again.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
      expect(await talk(again, session_id, 'Go on')).toMatchObject({ status: 'completed' });
      const texts = again.events.filter((event) => event.type === 'text').map((event) => String(event.text));
      expect(texts.at(-1)).toBe('Resumed. You said: Go on');
      return { end, half: again.events.filter((event) => event.type === 'text' && event.turn_id === turn_id) };
    },
  };
}

describe('being told to end', () => {
  it('idle: ends well at once and leaves no mark of a running app', async ({ stage }) => {
    const home = stage.folder('home');
    const app = await stage.serve({ home });
    const asked = performance.now();
    expect((await app.kill('SIGTERM')).code).toBe(0);
    expect(performance.now() - asked).toBeLessThan(endsWithin);
    expect(existsSync(join(home, 'running.json'))).toBe(false);
  });

  it('with a turn that runs: it is settled as interrupted with what had come', async ({ stage }) => {
    const turn = await running(stage, '[slow] please');
    expect((await turn.ended('SIGTERM')).code).toBe(0);
    const { end, half } = await turn.settled();
    expect(end).toMatchObject({ status: 'interrupted', problem: { code: 'interrupted', next: expect.any(String) } });
    expect(half).toMatchObject([{ text: expect.stringMatching(/^word1 /) }]);
  });

  it('with an agent that ignores SIGTERM: it is gone within the time all the same', async ({ stage }) => {
    const turn = await running(stage, '[deaf] please');
    await turn.ended('SIGTERM');
    expect((await turn.settled()).half).toMatchObject([{ text: 'Working on it' }]);
  });

  it('with a tool that ran away into a session of its own and ignores SIGTERM', async ({ stage }) => {
    const turn = await running(stage, '[child] please');
    await turn.ended('SIGTERM');
    expect((await turn.settled()).end).toMatchObject({ status: 'interrupted' });
  });

  it('twice (Ctrl+C, and again in impatience): ends, and nothing is lost', async ({ stage }) => {
    const turn = await running(stage, '[deaf] please');
    void turn.app.kill('SIGINT');
    await turn.app.kill('SIGINT');
    expect((await turn.settled()).end).toMatchObject({ status: 'interrupted' });
  });

  it('by SIGKILL in the middle: the next start ends what was left and settles the turn', async ({ stage }) => {
    const turn = await running(stage, '[slow] please');
    // Far more than what may be lost: a tenth of a second.
    await turn.said('word20 ');
    await turn.app.kill('SIGKILL');
    const { end, half } = await turn.settled();
    expect(end).toMatchObject({ status: 'interrupted' });
    expect(half).toMatchObject([{ partial: true }]);
  });
});
