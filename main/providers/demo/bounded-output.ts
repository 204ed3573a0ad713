/** Characters of a command's output that are streamed while it runs, and of its end that are kept besides. */
const headChars = 100_000;
const tailChars = 50_000;

/** Keeps the beginning and the end of an output of any length, in bounded memory. */
export class BoundedOutput {
  #head = '';
  #tail = '';
  #total = 0;

  /** @returns what of `text` still belongs to the beginning, i.e. what is worth streaming. */
  add(text: string): string {
    this.#total += text.length;
    const shown = text.slice(0, Math.max(0, headChars - this.#head.length));
    this.#head += shown;
    const rest = text.slice(shown.length);
    if (rest !== '') {
      this.#tail += rest;
      // Cut in large steps: cutting on every piece would copy the tail each time.
      if (this.#tail.length > 2 * tailChars) this.#tail = this.#tail.slice(-tailChars);
    }
    return shown;
  }

  get text(): string {
    const tail = this.#tail.slice(-tailChars);
    const omitted = this.#total - this.#head.length - tail.length;
    return omitted > 0 ? `${this.#head}\n… (${omitted} characters left out) …\n${tail}` : this.#head + tail;
  }

  get total(): number {
    return this.#total;
  }
}
