import { type Fields, list, string } from '../shared/fields.ts';

interface SubAgent {
  /** The tool call that began it. */
  call: string;
  /** Its running turn. */
  turnId?: string;
  /** What it said last: its report. */
  words: string;
}

const wordsChars = 200_000;

/**
 * The sub-agents of one conversation: each has a thread of its own. Newer versions tell its beginning as a `subAgentActivity`, older ones as a
 * `collabAgentToolCall`; what it does comes as notifications about its thread.
 */
export class SubAgents {
  readonly #agents = new Map<string, SubAgent>();

  /** @returns the threads that this item of the conversation begins. */
  learn(item: Fields): string[] {
    const call = string(item.id);
    if (call === undefined) return [];
    const threads =
      item.type === 'subAgentActivity' && item.kind === 'started'
        ? [item.agentThreadId]
        : item.type === 'collabAgentToolCall' && item.tool === 'spawnAgent'
          ? list(item.receiverThreadIds)
          : [];
    const fresh = threads.filter((id): id is string => typeof id === 'string' && !this.#agents.has(id));
    for (const id of fresh) this.#agents.set(id, { call, words: '' });
    return fresh;
  }

  /** The tool call under which the work of this thread belongs. */
  call(thread: string): string | undefined {
    return this.#agents.get(thread)?.call;
  }

  /** @returns the tool call and the report, when this says that the sub-agent has done its task. */
  heard(thread: string, method: string, params: Fields): { call: string; words: string; failed: boolean } | null {
    const agent = this.#agents.get(thread);
    if (agent === undefined) return null;
    const turn = params.turn as Fields | undefined;
    if (method === 'turn/started') {
      const turnId = string(turn?.id);
      if (turnId !== undefined) agent.turnId = turnId;
    } else if (method === 'item/completed') {
      const item = params.item as Fields | undefined;
      if (item?.type === 'agentMessage') agent.words = (string(item.text) ?? '').slice(0, wordsChars);
    } else if (method === 'turn/completed') {
      delete agent.turnId;
      return { call: agent.call, words: agent.words, failed: turn?.status !== 'completed' };
    }
    return null;
  }

  /** Those that work now. */
  running(): { threadId: string; turnId: string }[] {
    return [...this.#agents].flatMap(([threadId, { turnId }]) => (turnId === undefined ? [] : [{ threadId, turnId }]));
  }

  clear(): void {
    this.#agents.clear();
  }
}
