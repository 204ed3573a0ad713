import { ArrowUp, ListPlus, Square } from 'lucide-react';
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { limits } from '../../../main/protocol/limits.ts';
import { draftOf, drafts, setDraft } from '../../store/drafts.ts';
import { sendMessage } from '../../store/send-message.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { useSession, useSessionProvider, useTranscript } from '../conversation/session-context.ts';
import { useStop } from '../conversation/use-stop-key.ts';
import { useSessionActions } from '../sidebar/use-session-actions.ts';
import { ContextMeter } from './context-meter.tsx';
import { ModePicker } from './mode-picker.tsx';
import { ModelPicker } from './model-picker.tsx';

/** Where words are written. Enter sends, Shift+Enter breaks the line; on a touch keyboard Enter breaks the line. */
export function Composer({ onSent }: { onSent: () => void }) {
  const client = useClient();
  const { sessionId } = useSession();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useStore(drafts, () => draftOf(sessionId));
  const meta = useTranscript((view) => view.meta);
  const turnId = useTranscript((view) => view.runningTurn);
  const stopping = useTranscript(
    (view) => view.runningTurn !== null && view.turns.get(view.runningTurn)?.stopping === true,
  );
  const provider = useSessionProvider();
  const stop = useStop();
  useAutoHeight(field, text);
  const tooLong = text.length > limits.promptChars;
  const canSend = text.trim() !== '' && !tooLong;
  if (meta?.archived) return <ArchivedNote />;

  const send = (): void => {
    if (!canSend) return;
    sendMessage(client, sessionId, text.trim());
    setDraft(sessionId, '');
    onSent();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // 229: the Enter that ends an input method's composition, which some browsers report after it.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229) return;
    const wanted = event.metaKey || event.ctrlKey || (!event.shiftKey && !isTouchKeyboard());
    if (!wanted) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="composer">
      <textarea
        ref={field}
        className="composer-input"
        rows={1}
        aria-label={t.composer.label}
        aria-describedby="composer-hint"
        placeholder={
          turnId ? t.composer.placeholderRunning : t.composer.placeholder(provider?.name ?? meta?.provider ?? '')
        }
        value={text}
        data-testid={testIds.composerInput}
        onChange={(event) => setDraft(sessionId, event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span id="composer-hint" className="visually-hidden">
        {t.composer.hint}
      </span>
      {tooLong && <p className="field-error">{t.composer.tooLong(limits.promptChars)}</p>}
      <div className="composer-bar">
        <ModePicker />
        <ModelPicker />
        <ContextMeter />
        <span className="composer-space" />
        {stop && (
          <Button
            className="stop-button"
            size="small"
            disabled={stopping}
            icon={<Square size={11} fill="currentColor" aria-hidden />}
            data-testid={testIds.stop}
            onClick={stop}
          >
            {stopping ? t.composer.stopping : t.composer.stop}
          </Button>
        )}
        <button
          type="button"
          className="send-button"
          aria-label={turnId ? t.composer.queue : t.composer.send}
          title={turnId ? t.composer.queue : t.composer.send}
          disabled={!canSend}
          data-testid={testIds.send}
          onClick={send}
        >
          {turnId ? <ListPlus size={17} aria-hidden /> : <ArrowUp size={17} aria-hidden />}
        </button>
      </div>
    </div>
  );
}

function isTouchKeyboard(): boolean {
  return window.matchMedia('(hover: none) and (pointer: coarse)').matches;
}

/** Tallest the field grows by itself, part of the window's height. */
const tallest = 0.4;

function useAutoHeight(field: { readonly current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height depends on the text
  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, window.innerHeight * tallest)}px`;
  }, [text, field]);
}

function ArchivedNote() {
  const client = useClient();
  const { sessionId } = useSession();
  const actions = useSessionActions(client, sessionId);
  return (
    <div className="composer is-archived">
      <span>{t.composer.archived}</span>
      <Button size="small" onClick={() => void actions.archive(false)}>
        {t.sidebar.unarchive}
      </Button>
    </div>
  );
}
