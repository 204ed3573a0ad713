import { CircleSlash, ClipboardList, Unplug } from 'lucide-react';
import { markdownOfTurn } from '../../store/transcript/turn-markdown.ts';
import type { Turn } from '../../store/transcript/view.ts';
import { formatCost, formatCount, formatDuration } from '../../strings/format.ts';
import { intlLocale, t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { phoneQuery, useMedia } from '../../ui/use-media.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { askToContinue } from './ask-to-continue.ts';
import { useSession, useTranscript } from './session-context.ts';

/** How the turn ended, how long it took, and what it cost where that is known. */
export function TurnFooter({ turn }: { turn: Turn }) {
  const { usage } = turn;
  const isPhone = useMedia(phoneQuery);
  const answer = turn.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])).join('\n\n');
  return (
    <>
      {turn.status === 'aborted' && (
        <p className="end-mark">
          <CircleSlash size={14} aria-hidden /> <strong>{t.conversation.aborted}.</strong> {t.conversation.abortedNote}
        </p>
      )}
      {turn.status === 'interrupted' && <InterruptedMark turn={turn} />}
      <footer className="turn-footer" data-testid={testIds.turnFooter}>
        {turn.durationMs !== null && <span>{formatDuration(turn.durationMs)}</span>}
        {usage && (
          <span
            title={t.conversation.tokensTitle(
              usage.input_tokens.toLocaleString(intlLocale()),
              usage.output_tokens.toLocaleString(intlLocale()),
              (usage.cached_tokens ?? 0).toLocaleString(intlLocale()),
            )}
          >
            {t.conversation.tokens(
              formatCount(usage.input_tokens),
              // A phone has no room for a detail that the panel tells too.
              usage.cached_tokens && !isPhone ? formatCount(usage.cached_tokens) : null,
              formatCount(usage.output_tokens),
            )}
          </span>
        )}
        {usage?.cost_usd !== undefined && <span>{formatCost(usage.cost_usd)}</span>}
        <CopyButton
          text={() => markdownOfTurn(turn)}
          label={t.conversation.copyTurn}
          icon={<ClipboardList size={14} aria-hidden />}
        />
        {answer !== '' && <CopyButton text={answer} label={t.conversation.copyAnswer} />}
      </footer>
    </>
  );
}

function InterruptedMark({ turn }: { turn: Turn }) {
  const mayWrite = useWhyNot('chat') === null;
  const { sessionId } = useSession();
  const isLast = useTranscript((view) => view.lastTurn === turn.turnId);
  return (
    <div className="end-mark is-warning">
      <Unplug size={14} aria-hidden />
      <span>
        <strong>{t.conversation.interrupted}.</strong> {t.conversation.interruptedNote}
      </span>
      {isLast && mayWrite && (
        <button type="button" className="link-button" onClick={() => askToContinue(sessionId)}>
          {t.conversation.continueLabel}
        </button>
      )}
    </div>
  );
}
