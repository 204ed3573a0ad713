import { ArrowUp, ListPlus, Square } from 'lucide-react';
import { type KeyboardEvent, memo, useCallback, useId, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { SessionId } from '../../../main/protocol/ids.ts';
import { limits } from '../../../main/protocol/limits.ts';
import { addFiles, attachments, attachmentsOf, takeAttachments } from '../../store/attachments.ts';
import { saveDigestDraft } from '../../store/digest-drafts.ts';
import { draftOf, setDraft } from '../../store/drafts.ts';
import { rememberSaid } from '../../store/said-in-folder.ts';
import { sendMessage } from '../../store/send-message.ts';
import { withKeys } from '../../store/shortcuts.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient, useProviders } from '../../ui/client-context.ts';
import { RightNote } from '../../ui/right-note.tsx';
import { isTouchKeyboard } from '../../ui/touch-keyboard.ts';
import { useAllKnown } from '../../ui/use-all-known.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { AttachButton } from '../attachments/attach-button.tsx';
import { AttachmentTray } from '../attachments/attachment-tray.tsx';
import { useAttaching } from '../attachments/use-attaching.ts';
import { useSession, useSessionProvider, useTranscript } from '../conversation/session-context.ts';
import { useStop } from '../conversation/use-stop-key.ts';
import { GoalButton } from '../goals/goal-button.tsx';
import { useSessionActions } from '../sidebar/use-session-actions.ts';
import { AgentPicker } from './agent-picker.tsx';
import { parseAppCommand } from './app-commands.ts';
import { useCommandMenu } from './command-menu.tsx';
import { ContextMeter } from './context-meter.tsx';
import { EffortPicker } from './effort-picker.tsx';
import { useMentionMenu } from './mention-menu.tsx';
import { ModePicker } from './mode-picker.tsx';
import { ModelPicker } from './model-picker.tsx';
import { runAppCommand } from './run-app-command.ts';
import { useDraft } from './use-draft.ts';
import { usePromptHistory } from './use-prompt-history.ts';
import { useWrite } from './use-write.ts';

/** Where words are written. Enter sends, Shift+Enter breaks the line; on a touch keyboard Enter breaks the line. */
export function Composer({ onSent }: { onSent: () => void }) {
  const client = useClient();
  const { sessionId } = useSession();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useDraft(sessionId);
  const meta = useTranscript((view) => view.meta);
  const turnId = useTranscript((view) => view.runningTurn);
  const stopping = useTranscript(
    (view) => view.runningTurn !== null && view.turns.get(view.runningTurn)?.stopping === true,
  );
  const provider = useSessionProvider();
  const stop = useStop();
  useAutoHeight(field, text);
  const attached = useStore(attachments, () => attachmentsOf(sessionId));
  const attaching = useAttaching(sessionId);
  const [caret, setCaret] = useState<number | null>(null);
  const write = useWrite(field, (next, at) => {
    setDraft(sessionId, next);
    setCaret(at);
  });
  const commands = useCommandMenu(text, useId(), (picked) => write(picked, picked.length));
  const mentions = useMentionMenu(text, caret, { session_id: sessionId }, useId(), write);
  const menu = mentions.open ? mentions : commands;
  const history = usePromptHistory(text, write);
  const tooLong = text.length > limits.promptChars;
  const uploading = attached.some((one) => one.state === 'uploading');
  const needsText = text.trim() === '' && attached.length > 0;
  const canSend = text.trim() !== '' && !tooLong && !uploading;
  const whyNot = useWhyNot('chat');
  if (meta?.archived) return <ArchivedNote />;
  if (whyNot !== null) return <ReadOnlyComposer reason={whyNot} />;

  const send = (): void => {
    if (!canSend) return;
    const own = attached.length > 0 ? null : parseAppCommand(text, { goals: provider?.capabilities.goals !== 'none' });
    if (own) {
      setDraft(sessionId, '');
      // What was refused is given back, unless something else is being written by now.
      void runAppCommand(client, sessionId, own).then((done) => {
        if (!done && draftOf(sessionId) === '') setDraft(sessionId, text);
      });
    } else {
      void saveDigestDraft(client, sessionId);
      if (meta) rememberSaid(meta.cwd, text.trim());
      sendMessage(client, sessionId, text.trim(), takeAttachments(sessionId));
      setDraft(sessionId, '');
      onSent();
    }
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (mentions.onKey(event) || commands.onKey(event) || history(event)) return;
    // 229: the Enter that ends an input method's composition, which some browsers report after it.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229) return;
    const wanted = event.metaKey || event.ctrlKey || (!event.shiftKey && !isTouchKeyboard());
    if (!wanted) return;
    event.preventDefault();
    send();
  };
  const offBecause = uploading
    ? t.attach.wait
    : tooLong
      ? t.composer.tooLong(limits.promptChars)
      : needsText
        ? t.attach.needsText
        : t.off.empty;
  const sendLabel = uploading ? t.attach.wait : turnId ? t.composer.queue : t.composer.send;
  return (
    <div className="composer">
      {menu.menu}
      <AttachmentTray draftKey={sessionId} provider={provider} />
      <textarea
        ref={field}
        className="composer-input"
        rows={1}
        aria-label={t.composer.label}
        aria-describedby="composer-hint"
        {...menu.field}
        placeholder={
          turnId ? t.composer.placeholderRunning : t.composer.placeholder(provider?.name ?? meta?.provider ?? '')
        }
        value={text}
        data-testid={testIds.composerInput}
        onChange={(event) => setDraft(sessionId, event.target.value)}
        onSelect={({ currentTarget: { value, selectionStart, selectionEnd } }) =>
          // Only a mention asks where it stands; without one, each letter would draw everything here a second time.
          setCaret(selectionStart === selectionEnd && value.includes('@') ? selectionStart : null)
        }
        onBlur={() => setCaret(null)}
        onKeyDown={onKeyDown}
        onPaste={attaching.paste}
      />
      <span id="composer-hint" className="visually-hidden">
        {t.composer.hint}
      </span>
      {needsText && !uploading && <p className="composer-note">{t.attach.needsText}</p>}
      {tooLong && <p className="field-error">{t.composer.tooLong(limits.promptChars)}</p>}
      <div className="composer-bar">
        <Beside sessionId={sessionId} />
        <span className="composer-space" />
        {stop && (
          <Button
            className="stop-button"
            size="small"
            aria-label={stopping ? t.composer.stopping : t.composer.stop}
            title={stopping ? t.composer.stopping : withKeys(t.composer.stop, 'stop')}
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
          aria-label={sendLabel}
          title={canSend ? sendLabel : offBecause}
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

/** Tallest the field grows by itself, part of the window's height; the style sheet says the same. */
const tallest = 0.4;
/** The browser does it by itself, without laying out the page with every key. */
const growsByItself = typeof CSS !== 'undefined' && CSS.supports?.('field-sizing', 'content');

function useAutoHeight(field: { readonly current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height depends on the text
  useLayoutEffect(() => {
    const box = field.current;
    if (!box || growsByItself) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, window.innerHeight * tallest)}px`;
  }, [text, field]);
}

/** What stands beside the text and does not depend on it: not drawn with each letter. */
const Beside = memo(function Beside({ sessionId }: { sessionId: SessionId }) {
  const client = useClient();
  const add = useCallback((files: readonly File[]) => addFiles(client, sessionId, files), [client, sessionId]);
  return (
    <>
      <AttachButton onFiles={add} />
      <GoalButton />
      <Pickers />
    </>
  );
});

/** What the session runs with. */
function Pickers() {
  const known = useAllKnown(useProviders((view) => view.loaded));
  return (
    <span className={`composer-pickers ${known ? '' : 'is-coming'}`}>
      <ModePicker />
      <AgentPicker />
      <ModelPicker />
      <EffortPicker />
      <ContextMeter />
    </span>
  );
}

/** For who may read here and not write: the reason where the words would go, and what the session runs with. */
function ReadOnlyComposer({ reason }: { reason: string }) {
  return (
    <div className="composer is-read-only" data-testid={testIds.composerReadOnly}>
      <RightNote>{reason}</RightNote>
      <div className="composer-bar">
        <Pickers />
      </div>
    </div>
  );
}

function ArchivedNote() {
  const whyNot = useWhyNot('sessions:write');
  const client = useClient();
  const { sessionId } = useSession();
  const actions = useSessionActions(client, sessionId);
  return (
    <div className="composer is-archived">
      <span>{t.composer.archived}</span>
      <Button
        size="small"
        disabled={whyNot !== null}
        title={whyNot ?? undefined}
        onClick={() => void actions.archive(false)}
      >
        {t.sidebar.unarchive}
      </Button>
    </div>
  );
}
