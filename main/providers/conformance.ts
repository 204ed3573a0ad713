import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, type TestContext } from 'vitest';
import type {
  PromptAttachment,
  Provider,
  ProviderEvent,
  ProviderSession,
  ProviderStart,
} from '../orchestrator/ports.ts';
import type { SessionId, TurnId } from '../protocol/ids.ts';
import { brokenLaws } from './laws.ts';

/**
 * The suite every adapter passes: on recorded transcripts and on the real CLI. Used as
 * `describe('claude', () => providerConformance(harness))`.
 *
 * - `answer`: an answer of text, streamed in at least two deltas.
 * - `edit`: writes one file, and asks before it does.
 * - `command`: runs one command, and asks before it does.
 * - `long`: an answer that goes on until it is stopped.
 * - `waiting`: asks for permission and gets no answer.
 * - `death`: the CLI dies in the middle of an answer, by itself or through `Stage.kill`.
 */
export type ScenarioName = 'answer' | 'edit' | 'command' | 'long' | 'waiting' | 'death';

export interface Stage {
  provider: Provider;
  /** The folder of the session, absolute. */
  cwd: string;
  /** What to say to get the scenario. */
  prompt: string;
  /** Makes the CLI die now. */
  kill?: () => void;
  /** The same conversation again, later: what to say, when resuming is tried after `answer`. */
  again?: string;
  /** Of `answer`: did this image (base64 of its bytes) reach the model, or whoever stands in for it? */
  sawImage?: (base64: string) => boolean | Promise<boolean>;
  /** Of `answer`: a level of reasoning effort that the default model takes; after the turn, whether it reached the model. */
  effort?: { level: string; reached: () => boolean | Promise<boolean> };
  /** Of `answer`: the name of a conversation that this CLI does not know. */
  unknownSession?: string;
  /** Of `answer`: a branch of the conversation can be tried here, with `again`. */
  branches?: true;
  dispose(): Promise<void>;
}

export interface ConformanceHarness {
  /** Builds a scenario; null when this provider has nothing like it. */
  stage(name: ScenarioName): Promise<Stage | null>;
}

export function providerConformance(harness: ConformanceHarness): void {
  const scenario = (
    name: ScenarioName,
    sentence: string,
    play: (stage: Stage, run: Run, context: TestContext) => Promise<void>,
  ) =>
    it(sentence, async (context: TestContext) => {
      const stage = await harness.stage(name);
      if (stage === null) return context.skip();
      const run = new Run(stage);
      try {
        await play(stage, run, context);
        expect(brokenLaws(run.events, run.prompts)).toEqual([]);
      } finally {
        await run.session.close();
        await stage.dispose();
      }
    });

  scenario(
    'answer',
    'streams an answer in deltas that add up to the finished text, then ends the turn',
    async (stage, run) => {
      expect(await run.turn(stage.prompt)).toMatchObject({ status: 'completed' });
      const texts = run.of('text');
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) expect(run.streamed(text.item_id)).toBe(text.text);
      expect(run.of('item_delta').filter((delta) => delta.kind === 'text').length).toBeGreaterThan(1);
    },
  );

  scenario('answer', 'tells nothing before start has returned', async (_stage, run) => {
    expect(run.eventsAtStart).toBe(0);
  });

  scenario('answer', 'says which session of the CLI it is, and goes on with it after a restart', async (stage, run) => {
    if (!stage.provider.capabilities.resume || stage.again === undefined) return;
    await run.turn(stage.prompt);
    const id = run.of('session').at(-1)?.provider_session_id;
    expect(id).toEqual(expect.any(String));
    await run.session.close();
    const later = new Run(stage, { resume: id ?? null });
    try {
      expect(await later.turn(stage.again)).toMatchObject({ status: 'completed' });
      expect(later.of('notice').filter((notice) => notice.code === 'resume_failed')).toEqual([]);
      expect(later.of('session').at(-1)?.provider_session_id).toBe(id);
    } finally {
      await later.session.close();
    }
  });

  scenario('answer', 'brings an image that goes with the words before the model', async (stage, run, context) => {
    if (!stage.provider.capabilities.images || !stage.sawImage) return context.skip();
    const image = await writeImage(stage.cwd);
    expect(await run.turn(stage.prompt, [image])).toMatchObject({ status: 'completed' });
    expect(await stage.sawImage(onePixel)).toBe(true);
  });

  scenario('answer', 'thinks as hard as it is told to', async (stage, _run, context) => {
    if (!stage.provider.capabilities.set_effort || !stage.effort) return context.skip();
    const hard = new Run(stage, { effort: stage.effort.level });
    try {
      expect(await hard.turn(stage.prompt)).toMatchObject({ status: 'completed' });
      expect(await stage.effort.reached()).toBe(true);
    } finally {
      await hard.session.close();
    }
  });

  scenario(
    'answer',
    'says that it does not know the conversation it is to go on with, before and instead of anything else',
    async (stage, _run, context) => {
      if (!stage.provider.capabilities.resume || stage.unknownSession === undefined) return context.skip();
      const lost = new Run(stage, { resume: stage.unknownSession });
      try {
        void lost.turn(stage.prompt);
        await lost.next('closed');
        expect(brokenLaws(lost.events, 1)).toEqual([]);
        expect(lost.of('resume_lost')).toHaveLength(1);
        expect(lost.of('turn_end')).toEqual([]);
      } finally {
        await lost.session.close();
      }
    },
  );

  scenario(
    'answer',
    'branches off from a conversation, and leaves the original as it was',
    async (stage, run, context) => {
      const { again } = stage;
      if (!stage.provider.capabilities.fork || !stage.branches || again === undefined) return context.skip();
      await run.turn(stage.prompt);
      const id = run.of('session').at(-1)?.provider_session_id ?? null;
      await run.session.close();
      const branch = new Run(stage, { resume: id, fork: true });
      try {
        expect(await branch.turn(again)).toMatchObject({ status: 'completed' });
        const own = branch.of('session').at(-1)?.provider_session_id;
        expect(own).toEqual(expect.any(String));
        expect(own).not.toBe(id);
      } finally {
        await branch.session.close();
      }
    },
  );

  scenario('edit', 'asks before a file is written, shows the change, and reports it as made', async (stage, run) => {
    const end = run.turn(stage.prompt);
    const request = await run.next('approval_request');
    expect(request.kind).toBe('edit');
    expect(request.diff?.added).toBeGreaterThan(0);
    run.session.answer(request.ref, { decision: 'allow_once' });
    expect(await end).toMatchObject({ status: 'completed' });
    const done = run.of('tool_end').find((tool) => tool.tool_call_id === request.tool_call_id);
    expect(done?.status).toBe('completed');
    const edit = run.of('file_edit').find((one) => one.tool_call_id === request.tool_call_id);
    expect(edit?.diff).toMatchObject({ path: request.diff?.path, added: request.diff?.added });
  });

  scenario(
    'command',
    'shows the exact command before it runs; refused, it is reported as denied',
    async (stage, run) => {
      const end = run.turn(stage.prompt);
      const request = await run.next('approval_request');
      expect(request.kind).toBe('execute');
      expect(stage.prompt).toContain(request.command);
      run.session.answer(request.ref, { decision: 'deny', message: 'No.' });
      expect(await end).toMatchObject({ status: 'completed' });
      expect(run.of('tool_end')).toEqual([
        expect.objectContaining({ tool_call_id: request.tool_call_id, status: 'denied' }),
      ]);
    },
  );

  scenario('long', 'stops a running answer once, however often it is told to', async (stage, run) => {
    const end = run.turn(stage.prompt);
    await run.next('item_delta');
    run.session.interrupt();
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    run.session.interrupt();
  });

  scenario('long', 'ends the turn when the session is closed in the middle of it', async (stage, run) => {
    const end = run.turn(stage.prompt);
    await run.next('item_delta');
    await run.session.close();
    expect((await end).status).not.toBe('completed');
  });

  scenario('waiting', 'takes the question back when the turn is stopped while it waits', async (stage, run) => {
    const end = run.turn(stage.prompt);
    const request = await run.next('approval_request');
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(run.of('approval_withdrawn').map((one) => one.ref)).toEqual([request.ref]);
    // Too late, and without effect.
    run.session.answer(request.ref, { decision: 'allow_once' });
    expect(run.of('tool_end').map((tool) => tool.status)).not.toContain('completed');
  });

  scenario(
    'death',
    'ends the turn with advice when the CLI dies in the middle of it, then says that it is gone',
    async (stage, run) => {
      const end = run.turn(stage.prompt);
      if (stage.kill) {
        await run.next('item_delta');
        stage.kill();
      }
      const { status, problem } = await end;
      expect(status).toBe('failed');
      expect(problem).toMatchObject({
        message: expect.any(String),
        impact: expect.any(String),
        next: expect.any(String),
      });
      await run.next('closed');
    },
  );
}

/** A PNG of one pixel, base64. */
const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The image as an attachment of the app. */
async function writeImage(folder: string): Promise<PromptAttachment> {
  const bytes = Buffer.from(onePixel, 'base64');
  const path = join(folder, 'pixel.png');
  await writeFile(path, bytes, { mode: 0o600 });
  const attachment_id = createHash('sha256').update(bytes).digest('hex');
  return { attachment_id, name: 'pixel.png', media_type: 'image/png', bytes: bytes.length, path };
}

type EventOf<T extends ProviderEvent['type']> = Extract<ProviderEvent, { type: T }>;

/** One session and all it said. */
export class Run {
  readonly events: ProviderEvent[] = [];
  readonly session: ProviderSession;
  readonly eventsAtStart: number;
  prompts = 0;
  readonly #waiting = new Set<() => void>();

  constructor({ provider, cwd }: Pick<Stage, 'provider' | 'cwd'>, options: Partial<ProviderStart> = {}) {
    const session_id = 'ses_conformance' as SessionId;
    this.session = provider.start(
      {
        session_id,
        cwd,
        model: null,
        mode: 'ask',
        resume: null,
        effort: null,
        fork: false,
        mcp_servers: [],
        ...options,
      },
      (event) => {
        this.events.push(event);
        for (const look of [...this.#waiting]) look();
      },
    );
    this.eventsAtStart = this.events.length;
  }

  /** Begins a turn; resolves with its end. */
  turn(text: string, attachments: readonly PromptAttachment[] = []): Promise<EventOf<'turn_end'>> {
    this.prompts += 1;
    const before = this.events.length;
    this.session.prompt({ turn_id: `turn_conformance${this.prompts}` as TurnId, text, attachments });
    return this.next('turn_end', before);
  }

  /** The first event of a kind at or after a place in the record, past or future. */
  next<T extends ProviderEvent['type']>(type: T, from = 0): Promise<EventOf<T>> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.events.slice(from).find((event): event is EventOf<T> => event.type === type);
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  of<T extends ProviderEvent['type']>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** What a client that follows live has of an item just before it is finished. */
  streamed(itemId: string): string {
    let text = '';
    for (const event of this.events) {
      if (event.type === 'item_delta' && event.item_id === itemId) text += event.text;
      else if (event.type === 'item_replace' && event.item_id === itemId) text = event.text;
    }
    return text;
  }
}
