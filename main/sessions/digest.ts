import type { DurableEvent, EventOf } from '../protocol/events.ts';
import { limits } from '../protocol/limits.ts';
import { oneLine } from './one-line.ts';

/** The part of the log that still counts: what a rewind took back is left out, as are the rewinds themselves. */
export function remaining(events: Iterable<DurableEvent>): DurableEvent[] {
  const kept: DurableEvent[] = [];
  for (const event of events) {
    if (event.type !== 'rewound') {
      kept.push(event);
      continue;
    }
    while (kept.length > 0 && kept.at(-1)!.seq >= event.to_seq) kept.pop();
  }
  return kept;
}

/** A piece of the digest, and what it is counted as when it has to be left out. */
interface Piece {
  kind: 'message' | 'answer' | 'tool';
  text: string;
}

const turnEnds = { failed: 'failed', aborted: 'was stopped by the person', interrupted: 'was interrupted' } as const;
const outcomes = { completed: 'done', failed: 'failed', denied: 'not allowed', cancelled: 'stopped' } as const;

/**
 * What happened, as an agent that was not there is told it: the person's words, the agents' words, the tools with their outcome, the files that
 * were changed. Reasoning, tool output and the app's own notices are left out. The newest is kept whole; what does not fit is counted at the
 * beginning.
 * @param events - of one session, in order, from the first one on that the agent has not seen.
 * @param beforeSeq - where to end; absent: with the last one.
 * @returns null when there is nothing to tell.
 */
export function composeDigest(
  events: Iterable<DurableEvent>,
  beforeSeq = Number.POSITIVE_INFINITY,
  maxChars: number = limits.digestChars,
): string | null {
  const pieces: Piece[] = [];
  const origin = new Origin();
  let agent = 'agent';
  const seen: Seen = { titles: new Map(), nested: new Set() };
  for (const event of remaining(events)) {
    if (event.seq >= beforeSeq) break;
    if (event.type === 'turn_started') agent = event.provider;
    origin.follow(event);
    const piece = pieceOf(event, agent, seen);
    if (piece) pieces.push(piece);
  }
  if (pieces.length === 0) return null;
  return bounded(origin.piece ? [origin.piece, ...pieces] : pieces, maxChars);
}

/** What was before a session that goes on with a conversation of the vault: what its first agent was told of that, else that there was one. */
class Origin {
  piece: Piece | null = null;
  #begun = false;

  follow(event: DurableEvent): void {
    if (event.type === 'session_created' && event.origin?.kind === 'import') {
      const { provider } = event.origin;
      const text = `(Before this there was a conversation with ${provider}, which is not told here. The person can read it.)`;
      this.piece = { kind: 'message', text };
    } else if (event.type === 'turn_started') {
      this.#begun = true;
    } else if (event.type === 'digest' && event.text !== null && this.piece && !this.#begun) {
      this.piece = { kind: 'message', text: event.text };
    }
  }
}

/** What the beginnings of tool calls said; their ends do not say it again. */
interface Seen {
  titles: Map<string, string>;
  /** Calls of sub-agents: what one did stands for itself in its answer. */
  nested: Set<string>;
}

function pieceOf(event: DurableEvent, agent: string, seen: Seen): Piece | null {
  switch (event.type) {
    case 'user_message': {
      // What stands behind the objective are the rules, which every turn of a goal is told anew.
      if (event.by.kind === 'goal') {
        return {
          kind: 'message',
          text: `### The session, by itself\n${event.text.split('\n\n').slice(0, 2).join('\n\n')}`,
        };
      }
      const files = event.attachments?.map((one) => one.name).join(', ');
      return { kind: 'message', text: `### The person\n${event.text}${files ? `\n(attached: ${files})` : ''}` };
    }
    case 'text':
      if (event.text.trim() === '' || event.parent_tool_call_id !== undefined) return null;
      return { kind: 'answer', text: `### ${agent}\n${event.text}${event.partial ? '\n(cut off here)' : ''}` };
    case 'tool_activity':
      return toolPiece(event, seen);
    case 'file_edit': {
      if (seen.nested.has(event.tool_call_id)) return null;
      const { path, change, added, removed } = event.diff;
      return { kind: 'tool', text: `- file ${change}d: ${path} (+${added} -${removed})` };
    }
    case 'approval_resolved': {
      const said = answerOf(event);
      return said === null ? null : { kind: 'message', text: said };
    }
    case 'turn_end':
      if (event.status === 'completed') return null;
      return {
        kind: 'tool',
        text: `- (this turn ${turnEnds[event.status]}${event.problem ? `: ${event.problem.message}` : ''})`,
      };
    default:
      return null;
  }
}

function toolPiece(event: EventOf<'tool_activity'>, { titles, nested }: Seen): Piece | null {
  if (event.phase === 'start') {
    titles.set(event.tool_call_id, event.title);
    if (event.parent_tool_call_id !== undefined) nested.add(event.tool_call_id);
    return null;
  }
  if (nested.has(event.tool_call_id)) return null;
  const title = oneLine(event.title || titles.get(event.tool_call_id) || '', 300);
  const code = typeof event.exit_code === 'number' && event.exit_code !== 0 ? `, exit code ${event.exit_code}` : '';
  return { kind: 'tool', text: `- ${event.tool}: ${title} (${outcomes[event.status ?? 'completed']}${code})` };
}

function answerOf({ decision, message, answers }: EventOf<'approval_resolved'>): string | null {
  if (answers && Object.keys(answers).length > 0) {
    const lines = Object.entries(answers).map(([question, answer]) => `${oneLine(question, 300)} ${answer}`);
    return `### The person answered\n${lines.join('\n')}`;
  }
  return decision === 'deny' && message ? `### The person refused\n${message}` : null;
}

/** Room for the sentence that says what was left out. */
const headRoom = 200;

/** The newest pieces that fit, whole; a single one that is too long loses its middle. */
function bounded(pieces: readonly Piece[], maxChars: number): string {
  const whole = join(pieces);
  if (whole.length <= maxChars) return whole;
  const room = maxChars - headRoom;
  let used = 0;
  let from = pieces.length;
  while (from > 0) {
    const cost = pieces[from - 1]!.text.length + 2;
    if (used + cost > room) break;
    used += cost;
    from -= 1;
  }
  const kept = pieces.slice(from);
  const last = pieces.at(-1)!;
  if (kept.length === 0) kept.push({ ...last, text: withoutMiddle(last.text, room) });
  const left = pieces.slice(0, pieces.length - kept.length);
  const head = leftOut(left);
  return head === null ? join(kept) : `${head}\n\n${join(kept)}`;
}

function withoutMiddle(text: string, room: number): string {
  const half = Math.max(0, Math.floor((room - 60) / 2));
  return `${text.slice(0, half)}\n[... ${text.length - 2 * half} characters left out ...]\n${half === 0 ? '' : text.slice(-half)}`;
}

function leftOut(pieces: readonly Piece[]): string | null {
  if (pieces.length === 0) return null;
  const count = (kind: Piece['kind']) => pieces.filter((piece) => piece.kind === kind).length;
  return `(Left out, because it is long: ${count('message')} messages of the person, ${count('answer')} answers and ${count('tool')} steps before this.)`;
}

/** Steps stand under one another, everything else apart. */
function join(pieces: readonly Piece[]): string {
  let text = '';
  for (const [at, piece] of pieces.entries()) {
    if (at > 0) text += piece.kind === 'tool' && pieces[at - 1]!.kind === 'tool' ? '\n' : '\n\n';
    text += piece.text;
  }
  return text;
}
