import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { SessionId } from '../../../main/protocol/ids.ts';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import type { TranscriptView } from '../../store/transcript/view.ts';
import type { LoadFailure } from '../../store/transcript-store.ts';
import { useProviders } from '../../ui/client-context.ts';

interface SessionScope {
  readonly sessionId: SessionId;
  readonly store: StoreApi<TranscriptView>;
  readonly failure: StoreApi<LoadFailure | null>;
}

/** The session that is shown. */
export const SessionContext = createContext<SessionScope | null>(null);

export function useSession(): SessionScope {
  const scope = use(SessionContext);
  if (!scope) throw new Error('SessionContext is missing above this component');
  return scope;
}

export function useTranscript<T>(select: (view: TranscriptView) => T): T {
  return useStore(useSession().store, select);
}

/** The folder the agent works in. */
export function useFolder(): string | null {
  return useTranscript((view) => view.meta?.cwd ?? null);
}

/** The provider of the session as it was found on this machine. */
export function useSessionProvider(): ProviderInfo | null {
  const id = useTranscript((view) => view.meta?.provider ?? null);
  return useProviders((view) => view.list.find((one) => one.id === id) ?? null);
}
