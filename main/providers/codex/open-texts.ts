import type { ProviderEvent } from '../../orchestrator/ports.ts';

interface OpenText {
  kind: 'text' | 'reasoning';
  text: string;
  since: number;
  /** `reasoning`: the part of the summary that is being written. */
  part: number;
}

/** Between two parts of a summary. */
export const partBreak = '\n\n';

/** The texts and thoughts of a turn that are being written, and those that are finished. */
export class OpenTexts {
  readonly #now: () => number;
  readonly #open = new Map<string, OpenText>();
  readonly #finished: Set<string>;

  /** @param finished - items of this turn that are over; shared with who else finishes some. */
  constructor(now: () => number, finished: Set<string>) {
    this.#now = now;
    this.#finished = finished;
  }

  /** Is this one of the texts that are being written? */
  has(id: string): boolean {
    return this.#open.has(id);
  }

  /** @param part - a new one begins a new paragraph. */
  delta(id: string, kind: OpenText['kind'], text: string, part: number, out: ProviderEvent[]): void {
    if (id === '' || text === '' || this.#finished.has(id)) return;
    const open = this.#open.get(id) ?? { kind, text: '', since: this.#now(), part };
    this.#open.set(id, open);
    const said = part > open.part && open.text !== '' ? `${partBreak}${text}` : text;
    open.part = part;
    open.text += said;
    out.push({ type: 'item_delta', item_id: id, kind, text: said });
  }

  /** @param whole - the finished text, where it is told. */
  end(id: string, kind: OpenText['kind'], whole: string, parent: string | undefined, out: ProviderEvent[]): void {
    const open = this.#open.get(id) ?? { kind, text: '', since: this.#now(), part: 0 };
    this.#open.delete(id);
    const text = whole === '' ? open.text : whole;
    if (text === '') {
      this.#finished.add(id);
      return;
    }
    // Deltas can be lost at the beginning of an item; the finished text is the true one.
    if (open.text !== '' && open.text !== text) out.push({ type: 'item_replace', item_id: id, kind, text });
    this.#finish(id, open, text, parent, out);
  }

  /** The stream broke: the same comes again under other ids. */
  void(out: ProviderEvent[]): void {
    for (const [id, open] of this.#open) {
      if (open.text !== '') out.push({ type: 'item_replace', item_id: id, kind: open.kind, text: '' });
      this.#finished.add(id);
    }
    this.#open.clear();
  }

  /** The turn is over: each is finished with what there is of it. */
  close(out: ProviderEvent[]): void {
    for (const [id, open] of this.#open) if (open.text !== '') this.#finish(id, open, open.text, undefined, out);
    this.#open.clear();
  }

  #finish(id: string, { kind, since }: OpenText, text: string, parent: string | undefined, out: ProviderEvent[]): void {
    this.#finished.add(id);
    const under = parent === undefined ? {} : { parent_tool_call_id: parent };
    if (kind === 'text') out.push({ type: 'text', item_id: id, text, ...under });
    else {
      const duration_ms = Math.max(0, this.#now() - since);
      out.push({ type: 'reasoning', item_id: id, text, duration_ms, ...under });
    }
  }
}
