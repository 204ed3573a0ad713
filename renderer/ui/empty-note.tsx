import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Said where there is nothing, with what would be there. */
export function EmptyNote({ title, icon: Icon, children }: EmptyNoteProps) {
  return (
    <div className="empty-note">
      {Icon && (
        <span className="empty-icon">
          <Icon size={22} strokeWidth={1.75} aria-hidden />
        </span>
      )}
      <p className="empty-title">{title}</p>
      {children && <p className="empty-text">{children}</p>}
    </div>
  );
}

interface EmptyNoteProps {
  title: string;
  icon?: LucideIcon;
  children?: ReactNode;
}
