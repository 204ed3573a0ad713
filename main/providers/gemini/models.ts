import type { ModelInfo } from '../../protocol/values.ts';

/**
 * What the version this app was tried with offers, for the time before a conversation has told what the account and the version at hand do. The
 * CLI has no way to tell without opening a session.
 */
export const usualModels: readonly ModelInfo[] = [
  { id: 'auto', name: 'Auto', description: 'Let Gemini CLI choose the model for each task' },
  { id: 'gemini-2.5-pro', name: 'gemini-2.5-pro' },
  { id: 'gemini-3.8-flash', name: 'gemini-3.8-flash' },
  { id: 'gemini-3.5-flash-lite', name: 'gemini-3.5-flash-lite' },
];
