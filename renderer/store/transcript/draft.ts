import type { ApprovalId, TurnId } from '../../../main/protocol/ids.ts';
import { copyItems, toolAt } from './item-index.ts';
import type {
  Approval,
  Entry,
  FileChange,
  Item,
  LimitWarning,
  OpenItem,
  ToolItem,
  TranscriptView,
  Turn,
} from './view.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type WritableTurn = Omit<Writable<Turn>, 'items' | 'open'> & { items: Item[]; open: OpenItem[] };

/**
 * A view that is being changed: each part is copied once, at the first write, so that reducing a frame of many events costs what they touch
 * and everything untouched stays the same object.
 */
export class Draft {
  readonly view: Writable<TranscriptView>;
  readonly #turns = new Map<TurnId, WritableTurn>();
  #entries: Entry[] | null = null;
  #approvals: Map<ApprovalId, Approval> | null = null;
  #changes: FileChange[] | null = null;

  constructor(base: TranscriptView) {
    this.view = { ...base };
  }

  /** The turn, writable; begun when it is not there yet. */
  turn(turnId: TurnId, startedAt: number): WritableTurn {
    const touched = this.#turns.get(turnId);
    if (touched) return touched;
    const known = this.view.turns.get(turnId);
    const turn: WritableTurn = known
      ? { ...known, items: copyItems(known.items), open: [...known.open] }
      : {
          turnId,
          status: 'running',
          startedAt,
          durationMs: null,
          provider: null,
          model: null,
          effort: null,
          digest: null,
          problem: null,
          usage: null,
          stopping: false,
          warnings: [],
          items: [],
          open: [],
        };
    this.#turns.set(turnId, turn);
    if (!known) {
      this.addEntry({ kind: 'turn', seq: this.view.seq, turnId });
      this.view.lastTurn = turnId;
    }
    return turn;
  }

  /** The turn, writable, or null when nobody has heard of it. */
  knownTurn(turnId: TurnId): WritableTurn | null {
    return this.#turns.has(turnId) || this.view.turns.has(turnId) ? this.turn(turnId, 0) : null;
  }

  /** The turn as it is now, only to be read. */
  peek(turnId: TurnId): Turn | null {
    return this.#turns.get(turnId) ?? this.view.turns.get(turnId) ?? null;
  }

  addEntry(entry: Entry): void {
    if (!this.#entries) {
      this.#entries = [...this.view.entries];
      this.view.entries = this.#entries;
    }
    this.#entries.push(entry);
  }

  setEntries(entries: Entry[]): void {
    this.#entries = entries;
    this.view.entries = entries;
  }

  addChange(change: FileChange): void {
    if (!this.#changes) {
      this.#changes = [...this.view.changes];
      this.view.changes = this.#changes;
    }
    this.#changes.push(change);
  }

  setApproval(id: ApprovalId, approval: Approval): void {
    if (!this.#approvals) {
      this.#approvals = new Map(this.view.approvals);
      this.view.approvals = this.#approvals;
    }
    this.#approvals.set(id, approval);
  }

  /** Drops everything that still grows: a replay is complete, and what is really open comes right after it. */
  clearOpen(): void {
    for (const turnId of this.view.runningTurn ? [this.view.runningTurn] : []) {
      const turn = this.knownTurn(turnId);
      if (!turn) continue;
      turn.open = [];
      turn.items = turn.items.map((item) =>
        item.kind === 'tool' && item.status === 'running' && item.output !== '' ? { ...item, output: '' } : item,
      );
    }
  }

  done(): TranscriptView {
    if (this.#turns.size > 0) {
      const turns = new Map(this.view.turns);
      for (const [turnId, turn] of this.#turns) turns.set(turnId, turn);
      this.view.turns = turns;
    }
    return this.view;
  }
}

/** Where the tool call is among the items, the last of that name; -1 when it is not there. */
export function findTool(turn: WritableTurn, toolCallId: string): number {
  return toolAt(turn.items, toolCallId);
}

/** Changes a tool call that is there. */
export function patchTool(turn: WritableTurn, at: number, patch: Partial<ToolItem>): void {
  turn.items[at] = { ...(turn.items[at] as ToolItem), ...patch };
}

/** The warnings of a turn but those of one limit. */
export function withoutLimit(turn: WritableTurn, limit: LimitWarning['limit']): LimitWarning[] {
  return turn.warnings.filter((warning) => warning.limit !== limit);
}
