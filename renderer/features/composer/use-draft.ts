import { useEffect } from 'react';
import { useStore } from 'zustand';
import { draftSyncOf } from '../../store/draft-sync.ts';
import { draftFiles, draftOf, drafts } from '../../store/drafts.ts';
import { useClient } from '../../ui/client-context.ts';

/** What is being written here, or was on another device. */
export function useDraft(key: string): string {
  const client = useClient();
  useEffect(() => draftSyncOf(client).show(key), [client, key]);
  return useStore(drafts, () => draftOf(key));
}

/** Is something being written in the session, here or elsewhere? */
export function useHasDraft(key: string): boolean {
  const client = useClient();
  // Whether, not which: the row of a session is not drawn anew with each letter.
  const here = useStore(drafts, (known) => (known[key] === undefined ? null : known[key] !== ''));
  const elsewhere = useStore(draftSyncOf(client).elsewhere, (known) => known.has(key));
  return elsewhere || (here ?? draftOf(key) !== '') || draftFiles(key).length > 0;
}
