import { t } from '../../strings/index.ts';

export function ConversationSkeleton() {
  return (
    <div className="skeleton" role="status" aria-label={t.conversation.loading}>
      <span className="skeleton-line is-user" />
      <span className="skeleton-line" />
      <span className="skeleton-line" />
      <span className="skeleton-line is-short" />
    </div>
  );
}
