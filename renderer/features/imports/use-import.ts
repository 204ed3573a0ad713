import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { ImportedItem, ImportedSession } from '../../../main/protocol/views.ts';
import type { Client } from '../../store/client.ts';
import { useClient, useConnection, useImports } from '../../ui/client-context.ts';

const pageItems = 120;
/** Entries that may still change when more comes: a tool call gets its result. */
const changing = 30;

export interface ImportView {
  readonly session: ImportedSession | null;
  /** A stretch of the conversation, without gaps. */
  readonly items: readonly ImportedItem[];
  readonly loaded: boolean;
  readonly problem: Problem | null;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  earlier(): Promise<void>;
  later(): Promise<void>;
}

type Read = { session: ImportedSession; items: ImportedItem[] };

const read = (client: Client, import_id: string, after: number, limit: number) =>
  client.request<Read>({ type: 'import_read', import_id, after: Math.max(0, after), limit });

/** One stretch in place of what is known of it. */
function joined(before: readonly ImportedItem[], more: readonly ImportedItem[]): ImportedItem[] {
  const byN = new Map(before.map((item) => [item.n, item]));
  for (const item of more) byN.set(item.n, item);
  return [...byN.values()].sort((a, b) => a.n - b.n);
}

/**
 * A conversation of the vault from its end, or around entry `n`; follows it while it grows.
 * @param until - leaves out what was said later than this, milliseconds since 1970.
 */
export function useImport(importId: string, n: number | null): ImportView {
  const client = useClient();
  const open = useConnection((view) => view.link.status === 'open');
  const grown = useImports((view) => view.grown.get(importId) ?? null);
  const [session, setSession] = useState<ImportedSession | null>(null);
  const [items, setItems] = useState<readonly ImportedItem[]>([]);
  const [loaded, setLoaded] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const known = useRef({ items, session });
  known.current = { items, session };

  const take = useCallback(
    async (after: number, limit: number): Promise<boolean> => {
      const answer = await read(client, importId, after, limit);
      if (!answer.ok) {
        setProblem(answer.problem);
        return false;
      }
      setProblem(null);
      setSession(answer.value.session);
      const { messages } = answer.value.session;
      // What was taken back in the file is gone here as well.
      setItems((before) => joined(before, answer.value.items).filter((item) => item.n <= messages));
      return true;
    },
    [client, importId],
  );

  useEffect(() => {
    if (!open) return;
    let isOld = false;
    const load = async (): Promise<void> => {
      const first = await read(client, importId, 0, 1);
      if (isOld) return;
      if (!first.ok) setProblem(first.problem);
      else {
        const { messages } = first.value.session;
        const from = n === null ? messages - pageItems : n - Math.floor(pageItems / 3);
        await take(from, pageItems);
      }
      if (!isOld) setLoaded(true);
    };
    void load();
    return () => {
      isOld = true;
    };
  }, [client, open, importId, n, take]);

  useEffect(() => {
    const { items: shown, session: before } = known.current;
    const last = shown.at(-1)?.n ?? 0;
    // Who reads in the middle is not pulled to the end.
    if (!before || grown === null || last < before.messages) return;
    void take(last - changing, pageItems + changing);
  }, [grown, take]);

  const first = items[0]?.n ?? 1;
  const last = items.at(-1)?.n ?? 0;
  return {
    session,
    items,
    loaded,
    problem,
    hasEarlier: first > 1,
    hasLater: session !== null && last < session.messages,
    earlier: async () => void (await take(first - 1 - pageItems, Math.min(pageItems, first - 1))),
    later: async () => void (await take(last, pageItems)),
  };
}
