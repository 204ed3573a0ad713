import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { ProviderId } from '../../../main/protocol/ids.ts';
import type { ImportedSession, ImportStatus, SearchHit } from '../../../main/protocol/views.ts';
import { useClient, useConnection, useImports } from '../../ui/client-context.ts';

/** Typing has paused, milliseconds. */
const typedMs = 140;
/** While much is read, the list is asked for again this often, milliseconds. */
const refreshMs = 1500;

/** How far the reading is; asked for anew after a lost link, so that changes are told again. */
export function useImportStatus(): ImportStatus | null {
  const client = useClient();
  const open = useConnection((view) => view.link.status === 'open');
  useEffect(() => {
    if (!open) return;
    void client.request<ImportStatus>({ type: 'import_status' }).then((answer) => {
      if (answer.ok) client.imports.setState({ status: answer.value });
    });
  }, [client, open]);
  return useImports((view) => view.status);
}

export interface ImportList {
  readonly imports: readonly ImportedSession[];
  readonly loaded: boolean;
  readonly problem: Problem | null;
  readonly more: boolean;
  showMore(): void;
}

/** Conversations of the vault, newest first. Asked for again when the vault has grown. */
export function useImportList(provider: ProviderId | null): ImportList {
  const client = useClient();
  const open = useConnection((view) => view.link.status === 'open');
  // What is in it, how far the reading is: whatever changes in these may change the list.
  const mark = useImports(({ status }) =>
    status ? `${status.messages}/${status.sessions}/${status.finished_at}` : '',
  );
  const [pages, setPages] = useState(1);
  const [state, setState] = useState<Omit<ImportList, 'showMore'>>({
    imports: [],
    loaded: false,
    problem: null,
    more: false,
  });
  const asked = useRef(0);
  const askedAt = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mark` says that there is something new
  useEffect(() => {
    if (!open) return;
    asked.current += 1;
    const mine = asked.current;
    const load = async (): Promise<void> => {
      askedAt.current = performance.now();
      const imports: ImportedSession[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pages; page += 1) {
        const answer = await client.request<{ imports: ImportedSession[]; next: string | null }>({
          type: 'imports_list',
          limit: 200,
          ...(provider ? { provider } : {}),
          ...(cursor ? { cursor } : {}),
        });
        if (mine !== asked.current) return;
        if (!answer.ok) {
          setState((before) => ({ ...before, loaded: true, problem: answer.problem }));
          return;
        }
        imports.push(...answer.value.imports);
        cursor = answer.value.next ?? undefined;
        if (!cursor) break;
      }
      setState({ imports, loaded: true, problem: null, more: cursor !== undefined });
    };
    const wait = Math.max(0, askedAt.current + refreshMs - performance.now());
    const timer = setTimeout(() => void load(), askedAt.current === 0 ? 0 : wait);
    return () => clearTimeout(timer);
  }, [client, open, provider, pages, mark]);
  return { ...state, showMore: useCallback(() => setPages((before) => before + 1), []) };
}

export interface Found {
  /** What was looked for. */
  readonly text: string;
  readonly hits: readonly SearchHit[];
  readonly more: boolean;
  readonly problem: Problem | null;
}

/** What is found for what is typed; null while nothing is. */
export function useSearch(text: string): { found: Found | null; searching: boolean } {
  const client = useClient();
  const [found, setFound] = useState<Found | null>(null);
  const words = text.trim().slice(0, 500);
  useEffect(() => {
    if (words === '') {
      setFound(null);
      return;
    }
    let isOld = false;
    const timer = setTimeout(async () => {
      const answer = await client.request<{ hits: SearchHit[]; more: boolean }>({
        type: 'search',
        text: words,
        limit: 50,
      });
      if (isOld) return;
      setFound(
        answer.ok
          ? { text: words, ...answer.value, problem: null }
          : { text: words, hits: [], more: false, problem: answer.problem },
      );
    }, typedMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [client, words]);
  return { found, searching: words !== '' && found?.text !== words };
}
