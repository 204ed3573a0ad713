import { History } from 'lucide-react';
import type { Turn } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders } from '../../ui/client-context.ts';
import { Fold } from '../../ui/fold.tsx';

/** What the agent was told, with this turn's message, of what it had not seen. */
export function DigestTold({ turn }: { turn: Turn }) {
  const name = useProviders((view) => view.list.find((one) => one.id === turn.provider)?.name ?? turn.provider ?? '');
  const { digest } = turn;
  if (!digest) return null;
  return (
    <Fold
      className="digest-told"
      testId={testIds.digestTold}
      summary={
        <>
          <History size={14} aria-hidden />
          <span>{t.digest.told(name, digest.length)}</span>
        </>
      }
    >
      {() => <pre className="mono-box">{digest}</pre>}
    </Fold>
  );
}
