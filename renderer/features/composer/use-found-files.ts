import { useEffect, useState } from 'react';
import type { SessionId } from '../../../main/protocol/ids.ts';
import type { FilesFound } from '../../../main/protocol/mentions.ts';
import { told } from '../../strings/said.ts';
import { useClient } from '../../ui/client-context.ts';

/** Where files are looked for. */
export type MentionPlace = { readonly session_id: SessionId } | { readonly cwd: string };

/** Between two letters nothing is asked. Milliseconds. */
const pauseMs = 60;
/** Rows at most; another letter finds the others. */
const shown = 30;

export interface FoundFiles {
  /** Null: nothing was answered yet. */
  readonly found: FilesFound | null;
  /** A sentence, when it could not be looked. */
  readonly problem: string | null;
}

/** Files of a folder for what is typed; null: nothing is asked. The answer before stays until the next one is there. */
export function useFoundFiles(typed: string | null, place: MentionPlace): FoundFiles {
  const client = useClient();
  const session_id = 'session_id' in place ? place.session_id : undefined;
  const cwd = 'cwd' in place ? place.cwd : undefined;
  const [state, setState] = useState<FoundFiles>({ found: null, problem: null });
  const wanted = typed !== null;
  useEffect(() => {
    if (!wanted) setState({ found: null, problem: null });
  }, [wanted]);
  useEffect(() => {
    if (typed === null) return;
    let gone = false;
    const asking = setTimeout(async () => {
      const answer = await client.request<FilesFound>({
        type: 'files_search',
        ...(session_id === undefined ? { cwd } : { session_id }),
        text: typed,
        limit: shown,
      });
      if (gone) return;
      setState(
        answer.ok ? { found: answer.value, problem: null } : { found: null, problem: told(answer.problem).message },
      );
    }, pauseMs);
    return () => {
      gone = true;
      clearTimeout(asking);
    };
  }, [client, session_id, cwd, typed]);
  return state;
}
