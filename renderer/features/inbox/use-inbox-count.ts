import { useStore } from 'zustand';
import { seenStore } from '../../store/seen.ts';
import { useProviders, useSessions } from '../../ui/client-context.ts';
import { attentionOf, pendingOf } from './attention.ts';

/** How many things are in the inbox. */
export function useInboxCount(): number {
  const seen = useStore(seenStore);
  const providers = useProviders((view) => view.list);
  return useSessions(
    ({ byId }) => pendingOf(byId.values()).length + attentionOf(byId.values(), providers, seen).length,
  );
}
