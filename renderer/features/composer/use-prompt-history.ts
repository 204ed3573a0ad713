import { type KeyboardEvent, useRef } from 'react';
import { saidInFolder } from '../../store/said-in-folder.ts';
import type { TranscriptView } from '../../store/transcript/view.ts';
import { useSession } from '../conversation/session-context.ts';
import { type HistoryPlace, promptsOf, stepThrough } from './prompt-history.ts';

/** Arrow up in the first line goes back through what was said here, then in this folder from this device, arrow down in the last one forward again; what was being written comes back. */
export function usePromptHistory(text: string, show: (text: string, caret: number) => void) {
  const { store } = useSession();
  const place = useRef<HistoryPlace | null>(null);
  const allPrompts = (view: TranscriptView): readonly string[] => {
    const said = promptsOf(view);
    const folder = view.meta?.cwd;
    return folder ? [...said, ...saidInFolder(folder).filter((one) => !said.includes(one))] : said;
  };
  return (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return false;
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return false;
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (selectionStart !== selectionEnd) return false;
    const older = event.key === 'ArrowUp';
    // Inside of a text the arrows move the caret, as in every field.
    if (
      older
        ? text.lastIndexOf('\n', selectionStart - 1) >= 0 && selectionStart > 0
        : text.indexOf('\n', selectionEnd) >= 0
    )
      return false;
    // A long line that is wrapped is several to the eye: only its very beginning or end leaves it.
    const walking = place.current !== null && place.current.at >= 0;
    if (older && !walking && text !== '' && selectionStart > 0) return false;
    if (!older && !walking) return false;
    const next = stepThrough(allPrompts(store.getState()), place.current, text, older ? 'older' : 'newer');
    if (!next) return false;
    place.current = next.place;
    show(next.text, older ? 0 : next.text.length);
    event.preventDefault();
    return true;
  };
}
