import { formatClock } from '../strings/format.ts';
import { useNow } from './use-now.ts';

/** A running clock since a moment. */
export function Elapsed({ since }: { since: number }) {
  const now = useNow('second');
  return <span className="elapsed">{formatClock(Math.max(0, Math.floor((now - since) / 1_000)))}</span>;
}
