import { useConnection } from './client-context.ts';

/** The person's home folder, as main told it; null before that. */
export function useHomeFolder(): string | null {
  return useConnection((view) => view.welcome?.home_dir ?? null);
}
