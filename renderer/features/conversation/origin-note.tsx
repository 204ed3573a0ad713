import { GitFork, History } from 'lucide-react';
import { go } from '../../store/route.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders, useSessions } from '../../ui/client-context.ts';
import { useTranscript } from './session-context.ts';

/** Where the session comes from, at its very beginning. */
export function OriginNote() {
  const origin = useTranscript((view) => view.meta?.origin ?? null);
  const from = useSessions((view) => (origin?.kind === 'fork' ? view.byId.get(origin.session_id) : undefined));
  const providers = useProviders((view) => view.list);
  if (!origin) return null;
  if (origin.kind === 'import') {
    const name = providers.find((one) => one.id === origin.provider)?.name ?? origin.provider;
    return (
      <p className="origin" data-testid={testIds.origin}>
        <History size={14} aria-hidden />
        <button
          type="button"
          className="link-button"
          onClick={() => go({ name: 'import', importId: origin.import_id })}
        >
          {t.history.continues(name)}
        </button>
      </p>
    );
  }
  return (
    <p className="origin" data-testid={testIds.origin}>
      <GitFork size={14} aria-hidden />
      <span>{t.history.forkedFrom}</span>
      {from ? (
        <button
          type="button"
          className="link-button"
          onClick={() => go({ name: 'session', sessionId: origin.session_id })}
        >
          {from.title || t.sidebar.untitled}
        </button>
      ) : (
        <span>{t.history.unknownSession}</span>
      )}
    </p>
  );
}
