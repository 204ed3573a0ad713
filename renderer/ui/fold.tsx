import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRemembered } from './remembered.ts';

interface FoldProps {
  summary: ReactNode;
  children: () => ReactNode;
  className?: string;
  startOpen?: boolean;
  testId?: string;
  /** Stays as the person left it when its row comes back; unique in the list. */
  remember?: string;
}

/** A line that opens what is under it. What is folded is not rendered. */
export function Fold({ summary, children, className = '', startOpen = false, testId, remember }: FoldProps) {
  const [open, setOpen] = useRemembered(remember === undefined ? null : `fold ${remember}`, startOpen);
  return (
    <div className={`fold ${className}`} data-testid={testId}>
      <button type="button" className="fold-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight size={14} aria-hidden className="fold-chevron" />
        {summary}
      </button>
      {open && <div className="fold-body">{children()}</div>}
    </div>
  );
}
