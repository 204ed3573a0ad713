import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';

interface FoldProps {
  summary: ReactNode;
  children: () => ReactNode;
  className?: string;
  startOpen?: boolean;
  testId?: string;
}

/** A line that opens what is under it. What is folded is not rendered. */
export function Fold({ summary, children, className = '', startOpen = false, testId }: FoldProps) {
  const [open, setOpen] = useState(startOpen);
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
