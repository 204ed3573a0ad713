import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { testIds } from '../test-ids.ts';

/** Why something cannot be done here, for who lacks the right to it. */
export function RightNote({ children }: { children: ReactNode }) {
  return (
    <p className="right-note" data-testid={testIds.rightNote}>
      <Lock size={14} aria-hidden />
      <span>{children}</span>
    </p>
  );
}
