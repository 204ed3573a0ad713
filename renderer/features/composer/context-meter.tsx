import { t } from '../../strings/index.ts';
import { useTranscript } from '../conversation/session-context.ts';

/** How full the model's context is, where the CLI tells it. */
export function ContextMeter() {
  const usage = useTranscript((view) => view.usage);
  if (!usage?.context_tokens || !usage.context_window) return null;
  const part = Math.min(1, usage.context_tokens / usage.context_window);
  const percent = Math.round(part * 100);
  const title = t.composer.contextTitle(
    usage.context_tokens.toLocaleString('en'),
    usage.context_window.toLocaleString('en'),
  );
  return (
    <span className={`context-meter ${percent >= 80 ? 'is-high' : ''}`} title={title}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <circle cx="7" cy="7" r="5.5" className="meter-track" />
        <circle cx="7" cy="7" r="5.5" className="meter-fill" pathLength={100} strokeDasharray={`${percent} 100`} />
      </svg>
      <span className="wide-only">{t.composer.context(percent)}</span>
    </span>
  );
}
