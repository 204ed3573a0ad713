import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause, setImmediate as tick } from 'node:timers/promises';
import { createManualClock } from '../../base/clock.ts';
import type {
  ApprovalAnswer,
  PromptAttachment,
  Provider,
  ProviderEvent,
  ProviderSession,
} from '../../orchestrator/ports.ts';
import type { SessionId, TurnId } from '../../protocol/ids.ts';
import type { PermissionMode } from '../../protocol/values.ts';
import { brokenLaws } from '../laws.ts';
import { createDemoProvider } from './adapter.ts';

export type EventOfGuide<T extends ProviderEvent['type']> = Extract<ProviderEvent, { type: T }>;

/** A guide in a folder of its own on disk, with a clock that runs only while the test waits for something. */
export interface Bench {
  readonly folder: string;
  readonly events: ProviderEvent[];
  readonly session: ProviderSession;
  readonly provider: Provider;
  prompt(text: string): void;
  /** Lets time pass until `seen` says yes; throws when it does not within a bounded time. */
  until(seen: () => boolean): Promise<void>;
  /** Says something, answers every request with `answer`, waits for the end of the turn, gives the turn's events. */
  turn(text: string, answer?: ApprovalAnswer, attachments?: readonly PromptAttachment[]): Promise<ProviderEvent[]>;
  of<T extends ProviderEvent['type']>(type: T, events?: ProviderEvent[]): EventOfGuide<T>[];
  /** The finished text of the answer. */
  said(events?: ProviderEvent[]): string;
  /** Ends it; throws when what was told breaks a law that holds for every provider. */
  dispose(): Promise<void>;
}

export async function createBench({
  mode = 'ask',
  resume = null,
}: {
  mode?: PermissionMode;
  resume?: string | null;
} = {}): Promise<Bench> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'guide-')));
  const clock = createManualClock();
  const events: ProviderEvent[] = [];
  const provider = createDemoProvider({ clock, instance: `test-${process.pid}` });
  let turns = 0;
  let reply: ApprovalAnswer | null = null;
  const session = provider.start(
    {
      session_id: 'ses_test000001' as SessionId,
      cwd: folder,
      model: null,
      effort: null,
      mode,
      resume,
      fork: false,
      mcp_servers: [],
    },
    (event) => {
      events.push(event);
      const answer = reply;
      if (event.type === 'approval_request' && answer) queueMicrotask(() => session.answer(event.ref, answer));
    },
  );
  const prompt = (text: string, attachments: readonly PromptAttachment[] = []) => {
    turns += 1;
    session.prompt({ turn_id: `turn_test${String(turns).padStart(6, '0')}` as TurnId, text, attachments });
  };
  const until = async (seen: () => boolean) => {
    const giveUpAt = performance.now() + 15_000;
    for (let step = 1; performance.now() < giveUpAt; step += 1) {
      if (seen()) return;
      // Mostly as fast as it goes; now and then a real pause, for the processes that are waited for.
      await (step % 50 === 0 ? pause(1) : tick());
      clock.advance(5);
    }
    throw new Error(`never seen; the last events were ${JSON.stringify(events.slice(-5))}`);
  };
  const of: Bench['of'] = (type, among = events) =>
    among.filter((event): event is EventOfGuide<typeof type> => event.type === type);
  return {
    folder,
    events,
    session,
    provider,
    prompt,
    until,
    of,
    said: (among = events) =>
      of('text', among)
        .map((event) => event.text)
        .join('\n'),
    async turn(text, answer = { decision: 'allow_once' }, attachments = []) {
      const from = events.length;
      reply = answer;
      prompt(text, attachments);
      await until(() => events.slice(from).some((event) => event.type === 'turn_end'));
      reply = null;
      return events.slice(from);
    },
    async dispose() {
      let gone = false;
      void session.close().then(() => {
        gone = true;
      });
      await until(() => gone);
      await rm(folder, { recursive: true, force: true });
      const broken = brokenLaws(events, turns);
      if (broken.length > 0) throw new Error(broken.join('\n'));
    },
  };
}
