import { ChevronRight, EyeOff, History } from 'lucide-react';
import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { limits } from '../../../main/protocol/limits.ts';
import { digestDrafts, setDigestDraft } from '../../store/digest-drafts.ts';
import { justRewound, unseenTurns } from '../../store/transcript/rewind.ts';
import type { PendingDigest } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient } from '../../ui/client-context.ts';
import { RightButton } from '../../ui/right-button.tsx';
import { useSession, useSessionProvider, useTranscript } from '../conversation/session-context.ts';
import { digestPreview } from './digest-preview.ts';

/** What the agent will be told, with the next message, of what it has not seen: to be read, changed or taken away before it is. */
export function DigestCard() {
  const digest = useTranscript((view) => view.digest);
  const running = useTranscript((view) => view.runningTurn !== null);
  if (!digest || running) return null;
  if (digest.text === null) return digest.original === null ? null : <NotTold original={digest.original} />;
  return <Editor text={digest.text} digest={digest} />;
}

function useSetDigest(): (text: string | null) => Promise<boolean> {
  const client = useClient();
  const { sessionId } = useSession();
  return async (text) => {
    const answer = await client.act(sessionId, { type: 'set_digest', session_id: sessionId, text });
    return answer.ok;
  };
}

function useAgentName(): string {
  const provider = useSessionProvider();
  const id = useTranscript((view) => view.meta?.provider ?? '');
  return provider?.name ?? id;
}

function NotTold({ original }: { original: string }) {
  const setDigest = useSetDigest();
  const name = useAgentName();
  return (
    <section className="digest-card is-slim" aria-label={t.digest.region} data-testid={testIds.digestCard}>
      <EyeOff size={15} aria-hidden />
      <span className="digest-title">{t.digest.skipped(name)}</span>
      <RightButton
        needs="chat"
        size="small"
        variant="quiet"
        data-testid={testIds.digestTell}
        onClick={() => void setDigest(original)}
      >
        {t.digest.tellAfterAll}
      </RightButton>
    </section>
  );
}

function Editor({ text: saved, digest }: { text: string; digest: PendingDigest }) {
  const setDigest = useSetDigest();
  const name = useAgentName();
  const turns = useTranscript((view) =>
    unseenTurns(view.entries, (view.meta && view.seenBy.get(view.meta.provider)) ?? 0),
  );
  const afresh = useTranscript(
    (view) => justRewound(view.entries) && !(view.meta && view.seenBy.has(view.meta.provider)),
  );
  const [open, setOpen] = useState(false);
  const { sessionId } = useSession();
  const text = useStore(digestDrafts, (drafts) => drafts[sessionId] ?? saved);
  const setText = (next: string): void => setDigestDraft(sessionId, next === saved ? undefined : next);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const changed = text !== saved;
  const tooLong = text.length > limits.digestChars;
  const run = async (next: string | null): Promise<void> => {
    setBusy(true);
    const done = await setDigest(next);
    setBusy(false);
    if (done) setDigestDraft(sessionId, undefined);
  };
  return (
    <section className="digest-card" aria-label={t.digest.region} data-testid={testIds.digestCard}>
      <header className="digest-head">
        <button
          type="button"
          className="digest-toggle"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          <History size={15} aria-hidden />
          <span className="digest-title">{afresh ? t.digest.afresh(name) : t.digest.title(name, turns)}</span>
          <ChevronRight size={14} aria-hidden className="fold-chevron" />
        </button>
        {!open && (
          <RightButton
            needs="chat"
            size="small"
            variant="quiet"
            disabled={busy}
            data-testid={testIds.digestSkip}
            onClick={() => void run(null)}
          >
            {t.digest.skip}
          </RightButton>
        )}
      </header>
      {!open && <p className="digest-preview">{digestPreview(text)}</p>}
      {open && (
        <div id={id} className="digest-body">
          <textarea
            className="text-field digest-text"
            rows={8}
            aria-label={t.digest.textLabel}
            value={text}
            data-testid={testIds.digestText}
            onChange={(event) => setText(event.target.value)}
          />
          {tooLong && <p className="field-error">{t.digest.tooLong(limits.digestChars)}</p>}
          {changed && !tooLong && <p className="field-note">{t.digest.unsaved}</p>}
          <div className="digest-actions">
            {digest.original !== null && (text !== digest.original || saved !== digest.original) && (
              <RightButton
                needs="chat"
                size="small"
                variant="quiet"
                disabled={busy}
                data-testid={testIds.digestReset}
                onClick={() => {
                  if (saved === digest.original) setText(saved);
                  else void run(digest.original);
                }}
              >
                {t.digest.reset}
              </RightButton>
            )}
            <RightButton
              needs="chat"
              size="small"
              variant="quiet"
              disabled={busy}
              data-testid={testIds.digestSkip}
              onClick={() => void run(null)}
            >
              {t.digest.skip}
            </RightButton>
            <RightButton
              needs="chat"
              size="small"
              variant="primary"
              disabled={busy}
              off={tooLong ? t.digest.tooLong(limits.digestChars) : !changed && t.off.unchanged}
              data-testid={testIds.digestSave}
              onClick={() => void run(text.trim() === '' ? null : text)}
            >
              {t.digest.save}
            </RightButton>
          </div>
        </div>
      )}
    </section>
  );
}
