import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TurnId } from '../../main/protocol/ids.ts';
import { formatScenario } from '../model-server/format-scenario.ts';
import type { Directive } from '../model-server/scenario.ts';
import type { ModelServer } from '../model-server/server.ts';
import { begin, results, say, slowly, stall, think, until } from '../steps/script.ts';
import { isPrivate } from '../tools/is-private.ts';
import { commandOf, waitGone } from '../tools/process-tree.ts';
import { testCacheDir } from '../tools/test-cache.ts';
import { type AppPlace, startAppPlace } from './app-place.ts';
import { type Dialect, failure } from './dialects.ts';
import type { DrivenApp, DrivenSession } from './driven-app.ts';
import { shapeOf } from './event-shape.ts';

/** One conversation and its end: what every agent has to get through in the app, with its real program and a scripted model. */
export function describeAgent(dialect: Dialect): void {
  let place: AppPlace;
  let folder: string;
  let model: ModelServer;
  let app: DrivenApp;
  let session: DrivenSession;
  let gates = 0;

  /** What the model makes of each prompt; the prompts themselves read as a person's, so that nothing of a script is in what an agent is told of the past. */
  const scripts: Record<string, string> = {};
  let said = 0;
  const script = (words: string, ...steps: Directive[][]) => {
    const prompt = `${words} (${++said})`;
    scripts[prompt] = formatScenario({ steps });
    return prompt;
  };
  const gate = () => `gate-${++gates}`;
  const inFolder = (name: string) => join(folder, name);
  const open = (mode: 'ask' | 'full' = 'ask') =>
    app.session({ cwd: folder, provider: dialect.provider, mode, model: dialect.model });
  /** Answers whatever this turn asks, with these answers in turn, and waits for its end. */
  const answering = async (turn: TurnId, ...decisions: ('allow_once' | 'deny')[]) => {
    for (const decision of decisions) {
      const { approval_id } = await session.request(turn);
      await session.answer(approval_id, decision, decision === 'deny' ? { message: 'Not that one.' } : {});
    }
    return session.ended(turn);
  };
  const askMe = async (...then: Directive[][]) => {
    if (!dialect.question) throw new Error('it cannot ask');
    await session.ask({ type: 'set_mode', mode: dialect.question.mode });
    return session.say(script('Ask me.', [dialect.question.asked], ...then));
  };
  const tools = (turn: TurnId, phase: 'start' | 'end') =>
    session.of(turn).flatMap((event) => (event.type === 'tool_activity' && event.phase === phase ? [event] : []));
  const texts = (turn: TurnId) =>
    session.of(turn).flatMap((event) => (event.type === 'text' && !event.partial ? [event.text] : []));
  /** The processes a turn started: not the app, and not the program of the agent. */
  const commands = () =>
    place.running().filter((pid) => /sleep 9\d\d/.test(commandOf(pid)) && !/headless/.test(commandOf(pid)));

  beforeAll(async () => {
    // Not below /tmp: Gemini CLI takes settings only from where nobody else can write.
    const places = join(testCacheDir(), 'places');
    mkdirSync(places, { recursive: true, mode: 0o700 });
    place = await startAppPlace(dialect.name, [dialect], { below: places, scripts });
    ({ folder, model, app } = place);
    session = await open();
  }, 600_000);

  /** One test that failed in the middle of a turn is enough. */
  afterEach(async () => {
    await session.ask({ type: 'set_mode', mode: 'ask' });
    const started = session.events.findLast((event) => event.type === 'turn_started')?.turn_id;
    if (!started || session.of(started).some((event) => event.type === 'turn_end')) return;
    await session.abort(started);
    await session.ended(started);
  });

  afterAll(() => place?.end(), 60_000);

  describe(`${dialect.name}, in the app`, { timeout: 90_000 }, () => {
    it('streams its words while the model still speaks', async () => {
      const half = gate();
      const turn = await session.say(script('Speak.', [begin('First half, '), until(half), say('second half.')]));
      await session.delta(turn);
      expect(texts(turn)).toEqual([]);
      model.open(half);
      expect((await session.ended(turn)).status).toBe('completed');
      expect(texts(turn)).toEqual(['First half, second half.']);
    });

    it('tells one story: reasoning, a command and a change that were allowed, one that was denied, and the answer', async () => {
      const turn = await session.say(
        script(
          'Do these.',
          [think('Let me see.'), dialect.command('mkdir made; echo hello')],
          [dialect.write(inFolder('kept.txt'), 'one\ntwo\n')],
          [dialect.write(inFolder('refused.txt'), 'secret\n')],
          [say('All done.')],
        ),
      );
      expect((await answering(turn, 'allow_once', 'allow_once', 'deny')).status).toBe('completed');
      expect(readFileSync(inFolder('kept.txt'), 'utf8')).toBe('one\ntwo\n');
      expect([existsSync(inFolder('made')), existsSync(inFolder('refused.txt'))]).toEqual([true, false]);
      expect(session.of(turn)).toContainEqual(
        expect.objectContaining({
          type: 'file_edit',
          diff: expect.objectContaining({ path: inFolder('kept.txt'), change: 'create', added: 2, removed: 0 }),
        }),
      );
      expect(session.of(turn)).toContainEqual(
        expect.objectContaining({ type: 'approval_request', command: 'mkdir made; echo hello' }),
      );
      // One shape for all; what may differ stands in docs/providers.md.
      expect(shapeOf(session.of(turn))).toEqual(story);
      await expect(`${JSON.stringify(shapeOf(session.of(turn)), null, 2)}\n`).toMatchFileSnapshot(
        join(import.meta.dirname, 'shapes', `${dialect.name}.json`),
      );
    });

    it('runs several tools of one message, each with its own beginning and end', async () => {
      const turn = await session.say(
        script(
          'Both.',
          [dialect.command('echo left > left.txt'), dialect.command('echo right > right.txt')],
          [say('Two.')],
        ),
      );
      expect((await answering(turn, 'allow_once', 'allow_once')).status).toBe('completed');
      expect(['left.txt', 'right.txt'].map((name) => readFileSync(inFolder(name), 'utf8'))).toEqual([
        'left\n',
        'right\n',
      ]);
      const ids = tools(turn, 'end').map((tool) => tool.tool_call_id);
      expect(new Set(ids).size).toBe(2);
      expect(
        tools(turn, 'start')
          .map((tool) => tool.tool_call_id)
          .sort(),
      ).toEqual(ids.sort());
      expect(tools(turn, 'end').map((tool) => tool.status)).toEqual(['completed', 'completed']);
    });

    it.runIf(dialect.question)('asks a question that is answered in place', async () => {
      const turn = await askMe([results]);
      const request = await session.request(turn);
      // A second one may be the agent's place for words of one's own.
      expect(request.questions?.[0]).toMatchObject({
        question: 'Which colour?',
        options: [{ label: 'Red' }, { label: 'Blue' }],
      });
      await session.answer(request.approval_id, 'allow_once', { answers: { 'Which colour?': 'Blue' } });
      expect((await session.ended(turn)).status).toBe('completed');
      expect(texts(turn).join('')).toContain('Blue');
    });

    describe('stopped', () => {
      const stopped = async (turn: TurnId) => {
        await session.abort(turn);
        const end = await session.ended(turn);
        expect(end.status).toBe('aborted');
        expect(await waitGone(commands())).toEqual([]);
        // Whatever was asked is asked no more, and whatever ran has an end.
        const open = session.of(turn).filter((event) => event.type === 'approval_request').length;
        expect(session.of(turn).filter((event) => event.type === 'approval_resolved')).toHaveLength(open);
        expect(tools(turn, 'end')).toHaveLength(tools(turn, 'start').length);
        const next = await session.say(script('Go on.', [say('Here I am.')]));
        expect((await session.ended(next)).status).toBe('completed');
        expect(texts(next)).toEqual(['Here I am.']);
      };

      it('in the middle of a text: what was said is kept', async () => {
        const turn = await session.say(script('Talk.', [slowly(4000, 5)]));
        await session.delta(turn, 'word');
        await stopped(turn);
        const kept = session.of(turn).find((event) => event.type === 'text');
        expect(kept).toMatchObject({ text: expect.stringMatching(/^word1 /) });
      });

      it('in the middle of its reasoning', async () => {
        const turn = await session.say(script('Think.', [think(pondering)]));
        await session.until(
          () => session.deltas.find((one) => one.turn_id === turn && one.type === 'reasoning_delta'),
          'a delta of its reasoning',
        );
        await stopped(turn);
      });

      it('in the middle of a command, with everything that one started', async () => {
        const command = `(setsid nohup perl -e '$SIG{TERM}="IGNORE"; sleep 901' >/dev/null 2>&1 &); touch running-${++gates}; perl -e "sleep 902"`;
        const turn = await session.say(script('Run it.', [dialect.command(command)]));
        const { approval_id } = await session.request(turn);
        await session.answer(approval_id, 'allow_once');
        await expect.poll(() => existsSync(inFolder(`running-${gates}`)), { timeout: 30_000 }).toBe(true);
        await expect.poll(() => commands().length, { timeout: 30_000 }).toBeGreaterThan(1);
        await stopped(turn);
      });

      it('while a change waits for its answer: nothing is written', async () => {
        const turn = await session.say(script('Write.', [dialect.write(inFolder('never.txt'), 'never\n')]));
        await session.request(turn);
        await stopped(turn);
        expect(existsSync(inFolder('never.txt'))).toBe(false);
      });

      it('while one of several tools runs', async () => {
        const turn = await session.say(
          script('Both.', [dialect.command('touch first'), dialect.command('touch second; perl -e "sleep 903"')]),
        );
        for (let asked = 0; asked < 2; asked += 1) {
          const { approval_id } = await session.request(turn);
          await session.answer(approval_id, 'allow_once');
        }
        await expect.poll(() => existsSync(inFolder('second')), { timeout: 30_000 }).toBe(true);
        await stopped(turn);
      });

      it.runIf(dialect.question)('while it waits for the answer to its question', async () => {
        const turn = await askMe();
        await session.request(turn);
        await stopped(turn);
      });
    });

    describe('fails with a card that says what happened and what to do', () => {
      const fails = async (why: Directive[], code: string) => {
        const turn = await session.say(script('Try.', why));
        const { status, problem } = await session.ended(turn);
        expect([status, problem?.code]).toEqual(['failed', code]);
        for (const words of [problem?.message, problem?.impact, problem?.next]) expect(words).toMatch(/\w{3}.*\.$/);
        const next = await session.say(script('Again.', [say('Better.')]));
        expect((await session.ended(next)).status).toBe('completed');
      };

      const bounded = !dialect.needsPrivatePlace || isPrivate(testCacheDir());
      it.runIf(bounded)('when the model provider limits the rate', () =>
        fails([failure(429)], 'provider_rate_limited'),
      );
      it.runIf(bounded)('when the model provider is broken', () => fails([failure(500)], 'provider_failed'));
      it('when the key is not valid', () => fails([failure(401)], 'provider_not_signed_in'));
      it('when the connection drops, again and again', () =>
        fails([begin('Half a wo'), { kind: 'cut', times: null }], 'provider_failed'));
      it('when the context is full', () => fails([dialect.contextFull], 'context_full'));
    });

    it('goes on after its program was killed, and says what happened', async () => {
      const turn = await session.say(script('Remember the word heron.', [begin('A bird, '), stall]));
      await session.delta(turn, 'bird');
      const agents = place.running().filter((pid) => pid !== app.pid);
      expect(agents.length).toBeGreaterThan(0);
      for (const pid of agents) tryKill(pid);
      const { status, problem } = await session.ended(turn);
      expect([status, problem?.code]).toEqual(['failed', 'provider_failed']);
      const next = await session.say(script('Which word?', [say('Heron.')]));
      expect((await session.ended(next)).status).toBe('completed');
      expect(lastAsked()).toContain('heron');
    });

    it('goes on after the app was killed, with every fact there once', async () => {
      const turn = await session.say(script('Remember the word otter.', [begin('An animal, '), stall]));
      await session.delta(turn, 'animal');
      // A word, because an open item is kept in the pieces in which it came.
      await onDisk(app.home, 'animal');
      await app.kill();
      await app.start();
      const { status } = await session.ended(turn);
      expect(status).toBe('interrupted');
      expect(session.of(turn)).toContainEqual(
        expect.objectContaining({ type: 'text', text: 'An animal, ', partial: true }),
      );
      const next = await session.say(script('Which word?', [say('Otter.')]));
      expect((await session.ended(next)).status).toBe('completed');
      expect(texts(next)).toEqual(['Otter.']);
      expect(lastAsked()).toContain('otter');
      expect(session.events.map((event) => event.seq)).toEqual(session.events.map((_, at) => at + 1));
    });

    /** What the model was asked last, with all it was told before. */
    const lastAsked = () =>
      JSON.stringify(model.requests.filter((request) => request.kind === 'conversation').at(-1)?.body ?? '');
  });
}

/** Reasoning that takes its time, a word a delta. */
const pondering = Array.from({ length: 3000 }, (_, at) => `thought${at} `).join('');

/** The story every agent tells in the same order. */
const story = [
  'user_message by owner',
  'turn_started ask',
  'reasoning',
  'tool execute starts',
  'approval_request execute, shows its command',
  'approval_resolved allow_once by owner',
  'tool execute completed',
  'tool edit starts',
  'approval_request edit, shows its diff',
  'approval_resolved allow_once by owner',
  'file_edit create +2 -0',
  'tool edit completed',
  'tool edit starts',
  'approval_request edit, shows its diff',
  'approval_resolved deny by owner',
  'tool edit denied',
  'text',
  'turn_end completed',
];

/** Waits until an open item with these words is kept on disk, so that a killed app cannot lose it. */
async function onDisk(home: string, words: string): Promise<void> {
  const files = ['quarterdeck.db', 'quarterdeck.db-wal'].map((name) => join(home, name));
  await expect
    .poll(() => files.some((file) => existsSync(file) && readFileSync(file).includes(words)), { timeout: 20_000 })
    .toBe(true);
}

/** One that has just ended is what was wanted. */
function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}
