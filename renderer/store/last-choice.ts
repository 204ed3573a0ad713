import type { PermissionMode } from '../../main/protocol/values.ts';
import { recallJson, remember } from './storage.ts';

/** What was chosen for the session before, so that the next one needs fewer words. Full access is never carried over. */
export interface LastChoice {
  readonly provider?: string;
  readonly mode?: Exclude<PermissionMode, 'full'>;
}

const isChoice = (value: unknown): value is LastChoice => typeof value === 'object' && value !== null;

export function lastChoice(): LastChoice {
  return recallJson('last-choice', isChoice) ?? {};
}

export function rememberChoice(provider: string, mode: PermissionMode): void {
  const kept: LastChoice = { provider, mode: mode === 'full' ? lastChoice().mode : mode };
  remember('last-choice', JSON.stringify(kept));
}
