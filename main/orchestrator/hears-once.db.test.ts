import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ScriptedProvider, settle, World } from './world-test-support.ts';

type Step = 'turn' | 'heard_failure' | 'switch' | 'closed' | 'restart' | 'lost' | 'aborted';

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Step>('turn') },
    { weight: 4, arbitrary: fc.constant<Step>('switch') },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Step>('heard_failure', 'closed', 'restart', 'lost', 'aborted'),
    },
  ),
  { minLength: 3, maxLength: 16 },
);

const times = (text: string, word: string): number => text.split(word).length - 1;

/** What each agent's own conversation holds: what it was given, and what it answered. */
class Memory {
  readonly #conversations = new Map<string, string>();
  /** What a conversation was before the first turn of it that failed and was not written down since. */
  readonly #written = new Map<string, string>();
  readonly #forgets: boolean;
  #made = 0;

  /** @param forgets - a CLI whose process ends does not know the turns any more that had failed. */
  constructor(forgets: boolean) {
    this.#forgets = forgets;
  }

  name(agent: ScriptedProvider): string {
    this.#made += 1;
    return `${agent.id}-${this.#made}`;
  }
  add(id: string, text: string): void {
    this.#conversations.set(id, `${this.#conversations.get(id) ?? ''}\n${text}`);
  }
  text(id: string): string {
    return this.#conversations.get(id) ?? '';
  }
  /** A turn of it has failed; `before` it, it was this. */
  failed(id: string, before: string): void {
    if (!this.#written.has(id)) this.#written.set(id, before);
  }
  /** A turn of it came to its end. */
  wrote(id: string): void {
    this.#written.delete(id);
  }
  /** Its process is gone. */
  closed(id: string): void {
    const written = this.#written.get(id);
    this.#written.delete(id);
    if (this.#forgets && written !== undefined) this.#conversations.set(id, written);
  }
}

/** Plays the steps; at every turn the agent's conversation has to hold every word of the session exactly once. */
async function play(world: World, said: readonly Step[], forgets: boolean): Promise<void> {
  const first = await world.session();
  let { client } = first;
  const { session_id } = first;
  const memory = new Memory(forgets);
  const words: string[] = [];
  /** Of turns that failed: a CLI may not have written them down, so they may be told again. */
  const unsure = new Set<string>();
  /** Agent -> the conversation its process has open. */
  let open = new Map<ScriptedProvider, string>();
  let losesNext = false;
  const closeAll = () => {
    for (const id of open.values()) memory.closed(id);
    open = new Map();
  };
  const state = () => world.orchestrator.runtime(session_id as never)!.state;
  const agent = () => (state().provider === 'other' ? world.other : world.provider);

  for (const [at, step] of said.entries()) {
    switch (step) {
      case 'switch':
        await client.result({
          type: 'set_provider',
          session_id,
          provider: state().provider === 'other' ? 'scripted' : 'other',
        });
        closeAll();
        break;
      case 'closed':
        agent().say({ type: 'closed' });
        memory.closed(open.get(agent()) ?? '');
        open.delete(agent());
        break;
      case 'restart':
        world.crash();
        world.start();
        client = world.connect();
        closeAll();
        break;
      case 'lost':
        losesNext = true;
        break;
      default: {
        const message = `<message ${at}>`;
        const answer = `<answer ${at}>`;
        const speaker = agent();
        await client.result({ type: 'message', session_id, text: message });
        const prompt = () => speaker.heard.flatMap((one) => (one.type === 'prompt' ? [one.text] : [])).at(-1) ?? '';
        if (losesNext && speaker.starts.at(-1)?.resume && !open.has(speaker)) {
          speaker.say({ type: 'resume_lost', text: 'Gone.' }, { type: 'closed' });
          await settle();
          expect(speaker.starts.at(-1)?.resume).toBeNull();
        }
        losesNext = false;
        const resumed = open.get(speaker) ?? speaker.starts.at(-1)?.resume;
        const id = resumed ?? memory.name(speaker);
        open.set(speaker, id);
        const before = memory.text(id);
        memory.add(id, prompt());
        words.push(message);
        for (const word of words) {
          const heard = times(memory.text(id), word);
          if (unsure.has(word) && !forgets) expect(heard, `${word} in ${id}`).toBeGreaterThan(0);
          else expect(heard, `${word} in ${id}`).toBe(1);
        }
        speaker.say({ type: 'session', provider_session_id: id }, { type: 'text', item_id: `i${at}`, text: answer });
        memory.add(id, answer);
        words.push(answer);
        if (step === 'heard_failure') {
          // With the message it was told what it had not seen before.
          for (const word of words) if (word === answer || prompt().includes(word)) unsure.add(word);
          memory.failed(id, before);
        } else memory.wrote(id);
        if (step === 'aborted') await client.result({ type: 'abort', session_id });
        else speaker.say({ type: 'turn_end', status: step === 'turn' ? 'completed' : 'failed' });
      }
    }
    await settle();
  }
}

describe('agents that take turns in one session', () => {
  it.each([
    ['remember', false],
    ['have forgotten', true],
  ])(
    'each know every word of it once when they are asked, whoever ended, was lost, failed or was stopped between, where they %s turns that failed',
    async (_what, forgets) => {
      await fc.assert(
        fc.asyncProperty(steps, async (said) => {
          const world = new World();
          try {
            await play(world, said, forgets);
          } finally {
            world.close();
          }
        }),
        {
          numRuns: 60,
          examples: [
            // Told in a turn that failed: it may not have been written down.
            [
              [
                'heard_failure',
                'switch',
                'turn',
                'switch',
                'heard_failure',
                'restart',
                'turn',
                'switch',
                'heard_failure',
              ],
            ],
            [['turn', 'switch', 'turn', 'switch', 'heard_failure', 'restart', 'turn']],
          ],
        },
      );
    },
    60_000,
  );
});
