import type { Saying } from '../../main/protocol/saying.ts';
import type { Sentences } from '../../main/protocol/sentences/index.ts';

/** What happened, what it means for the work, what to do next; empty: English says nothing there either. */
export type Told = readonly [what: string, means?: string, next?: string];

/** What main says, in one language. A sentence that is missing, or that is filled with something else, does not compile. */
export type SaidOf<S> = { readonly [Id in keyof S]: keyof S[Id] extends never ? Told : (filling: S[Id]) => Told };
export type Said = SaidOf<Sentences>;

type AnySaid = Readonly<Record<string, Told | ((filling: never) => Told) | undefined>>;

let said: AnySaid | null = null;
let change: ((text: string) => string) | null = null;

/** @param catalogue - null: what main says is shown in its own words. @param pseudo - changes those. */
export function sayFrom(catalogue: Said | null, pseudo: ((text: string) => string) | null): void {
  said = catalogue;
  change = pseudo;
}

/** Stops a sentence that is to be filled with something this version of main does not send. */
const filled = (filling: Saying['with'] = {}): never =>
  new Proxy(filling, {
    get(values, name) {
      if (typeof name === 'string' && Object.hasOwn(values, name)) return values[name];
      throw new Error(`Nothing fills ${String(name)}.`);
    },
  }) as never;

function toldBy({ id, with: filling }: Pick<Saying, 'id' | 'with'>): Told | null {
  const sentence = said !== null && Object.hasOwn(said, id) ? said[id] : undefined;
  if (sentence === undefined) return null;
  try {
    const parts = typeof sentence === 'function' ? sentence(filled(filling)) : sentence;
    return typeof parts[0] === 'string' ? parts : null;
  } catch {
    return null;
  }
}

interface English {
  readonly say?: Saying | null | undefined;
  readonly message: string;
  readonly impact?: string | undefined;
  readonly next?: string | undefined;
}

/**
 * What main says, in the language of the page; in main's own words where there is no such sentence (an older page, or nothing the app itself said).
 * `detail` and what else comes from outside is not touched.
 */
export function told({ say, message, impact, next }: English): Pick<English, 'message' | 'impact' | 'next'> {
  if (change && say) return { message: change(message), impact: impact && change(impact), next: next && change(next) };
  const sentence = say ? toldBy(say) : null;
  if (sentence === null) return { message, impact, next };
  // An advice of its own that this page does not know stays as main wrote it.
  const advice = say?.next ? (toldBy(say.next)?.[0] ?? next) : sentence[2];
  return { message: sentence[0], impact: sentence[1] || undefined, next: advice || undefined };
}

/** A line of status: the app's in the language of the page, a CLI's as it was said. */
export const lineText = (line: { readonly text: string; readonly say?: Saying | null | undefined }): string =>
  told({ message: line.text, say: line.say }).message;

/** Why a goal is as it is. */
export const reasonOf = (
  goal: { readonly reason?: string | undefined; readonly reason_say?: Saying | undefined } | undefined,
): string | undefined =>
  goal?.reason === undefined ? undefined : told({ message: goal.reason, say: goal.reason_say }).message;
