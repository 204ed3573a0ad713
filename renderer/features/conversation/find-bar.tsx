import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { closeFind, type FindQuestion, findStore, typeFind } from '../../store/find.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { phoneQuery, useMedia } from '../../ui/use-media.ts';
import { useSession } from './session-context.ts';
import { useFind } from './use-find.ts';

/** The search in this conversation, while somebody searches it. */
export function FindBar() {
  const { sessionId } = useSession();
  const question = useStore(findStore, (view) => (view.question?.sessionId === sessionId ? view.question : null));
  return question && <OpenBar question={question} />;
}

function OpenBar({ question }: { question: FindQuestion }) {
  const { total, more, at, move } = useFind(question);
  const field = useRef<HTMLInputElement>(null);
  const isPhone = useMedia(phoneQuery);
  const before = useRef<Element | null>(null);
  const { asked, seq } = question;
  useEffect(() => {
    if (asked === 0) return;
    before.current ??= document.activeElement;
    // Who comes from a hit on a phone reads; the keyboard would cover what was found.
    if (isPhone && seq !== null) return;
    field.current?.focus();
    field.current?.select();
  }, [asked, isPhone, seq]);
  const close = (): void => {
    closeFind();
    const back = before.current;
    const target =
      back instanceof HTMLElement && back.isConnected && back !== document.body
        ? back
        : document.querySelector<HTMLElement>('.transcript-scroller');
    target?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const goesOn =
      event.key === 'Enter' ||
      event.key === 'F3' ||
      (event.key.toLowerCase() === 'g' && (event.ctrlKey || event.metaKey));
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (goesOn && !event.nativeEvent.isComposing && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      move(event.shiftKey ? -1 : 1);
    }
  };
  const said = total === null ? '' : total === 0 ? t.find.none : t.find.place(at, total, more);
  return (
    <search className="find-bar" aria-label={t.find.label} data-testid={testIds.findBar} onKeyDown={onKeyDown}>
      <div className="search-field">
        <Search size={15} aria-hidden />
        <input
          ref={field}
          type="search"
          enterKeyHint="search"
          aria-label={t.find.label}
          placeholder={t.find.label}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          value={question.text}
          data-testid={testIds.findInput}
          onChange={(event) => typeFind(event.target.value)}
        />
      </div>
      <span className="find-count" role="status" data-testid={testIds.findCount}>
        {said}
      </span>
      <IconButton
        label={t.find.previous}
        off={!total && t.off.noHits}
        data-testid={testIds.findPrevious}
        onClick={() => move(-1)}
      >
        <ChevronUp size={17} aria-hidden />
      </IconButton>
      <IconButton
        label={t.find.next}
        off={!total && t.off.noHits}
        data-testid={testIds.findNext}
        onClick={() => move(1)}
      >
        <ChevronDown size={17} aria-hidden />
      </IconButton>
      <IconButton label={t.find.close} onClick={close}>
        <X size={17} aria-hidden />
      </IconButton>
    </search>
  );
}
