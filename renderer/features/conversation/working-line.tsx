import { Hand } from 'lucide-react';
import type { Turn } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Elapsed } from '../../ui/elapsed.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { useTranscript } from './session-context.ts';

/** The last line of a running turn: that it runs, for how long, and how to stop it. */
export function WorkingLine({ turn }: { turn: Turn }) {
  const mayStop = useWhyNot('chat') === null;
  const waiting = useTranscript((view) => view.waiting.length > 0);
  const text = turn.stopping
    ? t.conversation.stopping
    : waiting
      ? t.conversation.waitingForYou
      : t.conversation.working;
  return (
    <div className={`working ${waiting ? 'is-waiting' : ''}`} data-testid={testIds.working}>
      {waiting && !turn.stopping ? <Hand size={14} aria-hidden /> : <Spinner />}
      <span>{text}</span>
      <Elapsed since={turn.startedAt} />
      {!turn.stopping && mayStop && <span className="working-hint wide-only">{t.conversation.escHint}</span>}
    </div>
  );
}
