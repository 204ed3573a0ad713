/** One value, characters: far above the longest event there is. */
const longest = 64 * 1_048_576;

/** A member of an object; of the member that is streamed: each of its elements, and in the end how many there were. */
export type JsonMember =
  | { readonly key: string; readonly value: unknown }
  | { readonly key: string; readonly element: unknown }
  | { readonly key: string; readonly elements: number };

/**
 * Reads one JSON object without ever holding more of it than one member, or one element of the member `streamed`.
 * @throws {SyntaxError} with a sentence about what is wrong: no JSON, cut off, a name that comes twice, a value beyond all bounds.
 */
export async function* membersOf(chunks: AsyncIterable<string>, streamed: string): AsyncGenerator<JsonMember> {
  const text = new Text(chunks[Symbol.asyncIterator]());
  const names = new Set<string>();
  await text.expect('{');
  if (await text.skip('}')) return text.end();
  do {
    const key = JSON.parse(await text.value()) as unknown;
    if (typeof key !== 'string') throw new SyntaxError('it is no JSON.');
    // Of two, one reader takes the first and another one the last.
    if (names.has(key)) throw new SyntaxError(`it says “${key.slice(0, 50)}” twice.`);
    names.add(key);
    await text.expect(':');
    if (key === streamed && (await text.skip('['))) {
      let elements = 0;
      if (!(await text.skip(']'))) {
        do {
          yield { key, element: JSON.parse(await text.value()) };
          elements += 1;
        } while (await text.skip(','));
        await text.expect(']');
      }
      yield { key, elements };
    } else yield { key, value: JSON.parse(await text.value()) };
  } while (await text.skip(','));
  await text.expect('}');
  await text.end();
}

const blank = /[^ \t\r\n]/g;
const scalarEnd = /[\s,\]}:]/g;
const mark = /["\\[\]{}]/g;

class Text {
  readonly #chunks: AsyncIterator<string>;
  #text = '';
  #at = 0;

  constructor(chunks: AsyncIterator<string>) {
    this.#chunks = chunks;
  }

  /** Lets go of what was read, and takes more. @returns false: there is no more. */
  async #more(): Promise<boolean> {
    if (this.#text.length - this.#at > longest) throw new SyntaxError('a part of it is longer than any event.');
    const next = await this.#chunks.next();
    if (next.done) return false;
    this.#text = this.#text.slice(this.#at) + next.value;
    this.#at = 0;
    return true;
  }

  /** The next sign that is not blank; empty at the end. */
  async #next(): Promise<string> {
    do {
      blank.lastIndex = this.#at;
      const found = blank.exec(this.#text);
      this.#at = found?.index ?? this.#text.length;
      if (found) return found[0];
    } while (await this.#more());
    return '';
  }

  async skip(sign: string): Promise<boolean> {
    if ((await this.#next()) !== sign) return false;
    this.#at += 1;
    return true;
  }

  async expect(sign: string): Promise<void> {
    if (await this.skip(sign)) return;
    throw new SyntaxError(
      (await this.#next()) === '' ? 'it is not whole JSON; it may have been cut off.' : 'it is no JSON.',
    );
  }

  async end(): Promise<void> {
    if ((await this.#next()) !== '') throw new SyntaxError('something stands behind its end.');
  }

  /** The text of the next value. */
  async value(): Promise<string> {
    const first = await this.#next();
    const scan = first === '"' || first === '{' || first === '[' ? new Scan() : null;
    let from = 0;
    for (;;) {
      const end = scan ? scan.on(this.#text, this.#at + from) : scalarEndOf(this.#text, this.#at);
      if (end !== null) {
        const value = this.#text.slice(this.#at, end);
        this.#at = end;
        return value;
      }
      from = this.#text.length - this.#at;
      if (!(await this.#more())) throw new SyntaxError('it is not whole JSON; it may have been cut off.');
    }
  }
}

function scalarEndOf(text: string, at: number): number | null {
  scalarEnd.lastIndex = at;
  return scalarEnd.exec(text)?.index ?? null;
}

/** Looks for the end of a string, an object or an array; goes on where it was when more text has come. What is inside, `JSON.parse` judges. */
class Scan {
  #depth = 0;
  #inString = false;
  /** The next character belongs to the backslash before. */
  #escaped = false;

  on(text: string, from: number): number | null {
    let at = from;
    if (this.#escaped && at < text.length) {
      this.#escaped = false;
      at += 1;
    }
    for (mark.lastIndex = at; ; ) {
      const found = mark.exec(text);
      if (!found) return null;
      const [sign] = found;
      if (sign === '\\') {
        if (found.index + 1 === text.length) {
          this.#escaped = true;
          return null;
        }
        mark.lastIndex = found.index + 2;
      } else if (sign === '"') this.#inString = !this.#inString;
      else if (!this.#inString) this.#depth += sign === '{' || sign === '[' ? 1 : -1;
      if (!this.#inString && this.#depth <= 0 && sign !== '\\') return found.index + 1;
    }
  }
}
