import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { limits } from '../../../main/protocol/limits.ts';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { isTouchKeyboard } from '../../ui/touch-keyboard.ts';
import { AttachButton } from '../attachments/attach-button.tsx';
import { AttachmentTray } from '../attachments/attachment-tray.tsx';
import { DropNote } from '../attachments/drop-note.tsx';
import { useAttaching } from '../attachments/use-attaching.ts';
import { useMentionMenu } from '../composer/mention-menu.tsx';
import { useWrite } from '../composer/use-write.ts';

interface FirstMessageProps {
  draftKey: string;
  /** Where the session will work, and files to mention lie. */
  folder: string;
  provider: ProviderInfo | null;
  value: string;
  onChange: (text: string) => void;
  onSubmit: () => void;
}

/** The words, images and files a session begins with. */
export function FirstMessage({ draftKey, folder, provider, value, onChange, onSubmit }: FirstMessageProps) {
  const id = useId();
  const attaching = useAttaching(draftKey);
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const write = useWrite(field, (next, at) => {
    onChange(next);
    setCaret(at);
  });
  const mentions = useMentionMenu(value, caret, { cwd: folder.trim() }, useId(), write);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (mentions.onKey(event)) return;
    // 229: the Enter that ends an input method's composition, which some browsers report after it.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229) return;
    const wanted = event.metaKey || event.ctrlKey || (!event.shiftKey && !isTouchKeyboard());
    if (!wanted) return;
    event.preventDefault();
    onSubmit();
  };
  // Who opens the form has something to say. A keyboard on the screen waits until it is asked for.
  useEffect(() => {
    if (!isTouchKeyboard()) field.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t.newSession.message}
      </label>
      <div className={`first-message ${attaching.over ? 'is-drop-target' : ''}`} {...attaching.drop}>
        <DropNote over={attaching.over} />
        {mentions.menu}
        <textarea
          ref={field}
          id={id}
          {...mentions.field}
          className="text-field"
          rows={4}
          placeholder={t.newSession.messagePlaceholder}
          value={value}
          maxLength={limits.promptChars}
          data-testid={testIds.firstMessage}
          onKeyDown={onKeyDown}
          onPaste={attaching.paste}
          onSelect={({ currentTarget: { selectionStart, selectionEnd } }) =>
            setCaret(selectionStart === selectionEnd ? selectionStart : null)
          }
          onBlur={() => setCaret(null)}
          onChange={(event) => onChange(event.target.value)}
        />
        <div className="first-message-bar">
          <AttachButton onFiles={attaching.add} />
          <AttachmentTray draftKey={draftKey} provider={provider} />
        </div>
      </div>
    </div>
  );
}
