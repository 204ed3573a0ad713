import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { AccessView, Client, ConnectionView, ImportsView, ProvidersView, SessionsView } from '../store/client.ts';

export const ClientContext = createContext<Client | null>(null);

/** This page's end of the protocol. */
export function useClient(): Client {
  const client = use(ClientContext);
  if (!client) throw new Error('ClientContext is missing above this component');
  return client;
}

export function useConnection<T>(select: (view: ConnectionView) => T): T {
  return useStore(useClient().connection, select);
}

export function useSessions<T>(select: (view: SessionsView) => T): T {
  return useStore(useClient().sessions, select);
}

export function useImports<T>(select: (view: ImportsView) => T): T {
  return useStore(useClient().imports, select);
}

export function useProviders<T>(select: (view: ProvidersView) => T): T {
  return useStore(useClient().providers, select);
}

export function useAccess<T>(select: (view: AccessView) => T): T {
  return useStore(useClient().access, select);
}
