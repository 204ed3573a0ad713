import type { ReactNode } from 'react';

/** What a list says while there is nothing in it. */
export function EmptyCard({ icon, title, note }: { icon: ReactNode; title: string; note: string }) {
  return (
    <div className="empty-card">
      {icon}
      <p className="empty-card-title">{title}</p>
      <p>{note}</p>
    </div>
  );
}
