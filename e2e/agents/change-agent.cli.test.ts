import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadFile } from '../../main/cli/attach.ts';
import { formatScenario } from '../model-server/format-scenario.ts';
import type { ModelServer } from '../model-server/server.ts';
import { say } from '../steps/script.ts';
import { type AppPlace, startAppPlace } from './app-place.ts';
import { claude, codex, gemini } from './dialects.ts';
import type { DrivenApp, DrivenSession } from './driven-app.ts';

/** A PNG of one pixel, base64. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let place: AppPlace;
let root: string;
let folder: string;
let model: ModelServer;
let app: DrivenApp;

/** The model answers "N boats?" with "N boats.", whatever stands ahead of the question. */
const scripts = new Proxy<Record<string, string>>(
  {},
  {
    get(_none, prompt) {
      const asked = /(\w+ \w+)\?\s*$/.exec(String(prompt))?.[1];
      return asked === undefined ? undefined : formatScenario({ steps: [[say(`${asked}.`)]] });
    },
  },
);

beforeAll(async () => {
  place = await startAppPlace('change-agent', [gemini, claude, codex], { scripts });
  ({ root, folder, model, app } = place);
}, 600_000);

afterAll(() => place?.end(), 60_000);

/** What the model was given in the conversation request that ends with these words. */
const given = (words: string): string =>
  model.requests
    .filter((request) => request.kind === 'conversation')
    .map((request) => JSON.stringify(request.body))
    .findLast((body) => body.includes(words)) ?? '';

const times = (text: string, words: string): number => text.split(words).length - 1;

async function answered(session: DrivenSession, question: string): Promise<void> {
  const turn = await session.say(question);
  const end = await session.ended(turn);
  expect(end, JSON.stringify(session.of(turn).slice(-4))).toMatchObject({ status: 'completed' });
  const texts = session.of(turn).flatMap((event) => (event.type === 'text' ? [event.text] : []));
  expect(texts.join('')).toContain(question.replace('?', '.'));
}

const idOf = (session: DrivenSession, provider: string): string | null =>
  session.events
    .flatMap((event) =>
      event.type === 'provider_session' && event.provider === provider ? [event.provider_session_id] : [],
    )
    .at(-1) ?? null;

describe('one session, led by one agent after the other', { timeout: 120_000 }, () => {
  let session: DrivenSession;

  it('goes from Claude Code to Codex and back: each goes on where it was, and is told what it has missed', async () => {
    session = await app.session({ cwd: folder, provider: 'claude' });
    await answered(session, 'seven boats?');
    const first = idOf(session, 'claude');
    await session.ask({ type: 'set_provider', provider: 'codex' });
    const digest = await session.next('digest');
    expect(digest.text).toContain('seven boats.');
    await answered(session, 'nine gulls?');
    expect(given('nine gulls?')).toContain('seven boats.');
    await session.ask({ type: 'set_provider', provider: 'claude' });
    await answered(session, 'two ropes?');
    expect(idOf(session, 'claude')).toBe(first);
    const request = given('two ropes?');
    expect(request).toContain('nine gulls.');
    // Its own part it remembers itself: it is not told again.
    expect(times(request, 'seven boats.')).toBe(1);
  });

  it('goes on to Gemini, which hears of all of it', async () => {
    await session.ask({ type: 'set_provider', provider: 'gemini', model: 'gemini-2.5-pro' });
    await answered(session, 'four oars?');
    const request = given('four oars?');
    for (const words of ['seven boats.', 'nine gulls.', 'two ropes.']) expect(request).toContain(words);
  });

  it('is taken back to an earlier message: no agent hears of what came after', async () => {
    const message = await session.next('user_message', (event) => event.text === 'nine gulls?');
    await session.ask({ type: 'rewind', to_seq: message.seq });
    await session.ask({ type: 'set_provider', provider: 'claude' });
    await answered(session, 'one anchor?');
    const request = given('one anchor?');
    expect(request).toContain('seven boats.');
    expect(request).not.toContain('nine gulls');
    expect(request).not.toContain('two ropes');
  });

  it('is branched by the CLI itself at its end, and the original goes on as it was', async () => {
    const own = await app.session({ cwd: folder, provider: 'claude' });
    await answered(own, 'six sails?');
    const { session_id } = await own.ask<{ session_id: DrivenSession['id'] }>({
      type: 'fork_session',
      before_seq: null,
    });
    const fork = await app.open(session_id);
    await answered(fork, 'three masts?');
    expect(idOf(fork, 'claude')).not.toBe(idOf(own, 'claude'));
    expect(fork.events.some((event) => event.type === 'turn_started' && event.digest !== undefined)).toBe(false);
    expect(given('three masts?')).toContain('six sails.');
    await answered(own, 'five flags?');
    expect(given('five flags?')).not.toContain('three masts');
  });

  it('is begun afresh, once and with a word about it, when the CLI has lost its conversation', async () => {
    const own = await app.session({ cwd: folder, provider: 'claude' });
    await answered(own, 'eight knots?');
    const before = idOf(own, 'claude');
    await app.stop();
    const projects = join(root, 'person', '.claude', 'projects');
    for (const name of readdirSync(projects)) rmSync(join(projects, name), { recursive: true });
    await app.start();
    await answered(own, 'ten fathoms?');
    expect(own.events.filter((event) => event.type === 'notice' && event.code === 'resume_lost')).toHaveLength(1);
    expect(idOf(own, 'claude')).not.toBe(before);
    expect(given('ten fathoms?')).toContain('eight knots.');
  });
});

describe.each([
  { provider: 'claude', chosen: null },
  { provider: 'codex', chosen: null },
  { provider: 'gemini', chosen: 'gemini-2.5-pro' },
])('a picture with a message to $provider', { timeout: 120_000 }, ({ provider, chosen }) => {
  it('reaches the model', async () => {
    const session = await app.session({ cwd: folder, provider, model: chosen });
    const file = join(root, 'pixel.png');
    writeFileSync(file, Buffer.from(pixel, 'base64'));
    const uploaded = await uploadFile(app.client, file);
    if (!uploaded.ok) throw new Error(uploaded.error.message);
    const question = `which ${provider}?`;
    const turn = await session.say(question, { attachments: [uploaded.value] as never[] });
    expect(await session.ended(turn)).toMatchObject({ status: 'completed' });
    expect(given(question)).toContain(pixel.slice(0, 60));
  });
});
