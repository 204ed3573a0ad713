import { HardDrive, MessageSquare, Search } from 'lucide-react';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import type { SearchHit } from '../../../main/protocol/views.ts';
import { openFind } from '../../store/find.ts';
import { go } from '../../store/route.ts';
import { baseName, formatAgo } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders } from '../../ui/client-context.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ProviderMark } from '../providers/provider-mark.tsx';
import type { Found } from './use-imports.ts';

interface SearchHitsProps {
  found: Found | null;
  searching: boolean;
  list: RefObject<HTMLUListElement | null>;
}

/** What was found, best first. The arrow keys go from one to the next. */
export function SearchHits({ found, searching, list }: SearchHitsProps) {
  const now = useNow('minute');
  return (
    <>
      <p className="history-count" role="status">
        {searching || !found
          ? t.imports.searching
          : found.problem
            ? ''
            : t.imports.found(found.hits.length, found.more)}
      </p>
      {found?.problem && <ProblemText problem={found.problem} />}
      {found && !found.problem && found.hits.length === 0 && !searching && (
        <EmptyNote icon={Search} title={t.imports.noHits(found.text)}>
          {t.imports.noHitsNote}
        </EmptyNote>
      )}
      <ul ref={list} className={`hit-list ${searching ? 'is-old' : ''}`} onKeyDown={moveInList}>
        {found?.hits.map((hit) => (
          <Hit key={keyOf(hit)} hit={hit} text={found.text} now={now} />
        ))}
      </ul>
    </>
  );
}

const keyOf = ({ where }: SearchHit): string =>
  where.kind === 'session' ? `${where.session_id}/${where.seq}` : `${where.import_id}/${where.n}`;

/** @param props.text - what was looked for. */
function Hit({ hit, text, now }: { hit: SearchHit; text: string; now: number }) {
  const name = useProviders((view) => view.list.find((one) => one.id === hit.provider)?.name ?? hit.provider);
  const { where } = hit;
  const isHere = where.kind === 'session';
  return (
    <li>
      <button
        type="button"
        className="hit"
        data-testid={testIds.historyHit}
        data-where={where.kind}
        onClick={() => {
          if (isHere) {
            openFind(where.session_id, { text, words: wordsIn(hit.snippet), seq: where.seq });
            go({ name: 'session', sessionId: where.session_id });
          } else go({ name: 'import', importId: where.import_id, n: where.n });
        }}
      >
        <span className="hit-head">
          <ProviderMark id={hit.provider} name={name} />
          <span className="hit-title" dir="auto">
            {hit.title || t.imports.untitled}
          </span>
          <span className="hit-place" title={isHere ? t.imports.inSession : t.imports.onDisk}>
            {isHere ? <MessageSquare size={13} aria-hidden /> : <HardDrive size={13} aria-hidden />}
            <span className="wide-only">{isHere ? t.imports.inSession : t.imports.onDisk}</span>
          </span>
          {hit.cwd && <span className="hit-folder wide-only">{baseName(hit.cwd)}</span>}
          {hit.ts !== null && <span className="hit-time">{formatAgo(hit.ts, now)}</span>}
        </span>
        <span className="hit-words">{marked(hit.snippet)}</span>
      </button>
    </li>
  );
}

/** The words as they stand in what was found: a search takes letters without their accents, and beginnings for words. */
function wordsIn(snippet: string): string[] | null {
  const words = piecesOf(snippet).flatMap(({ text, isFound }) => (isFound && text !== '' ? [text] : []));
  return words.length === 0 ? null : [...new Set(words)];
}

const marked = (snippet: string): ReactNode[] =>
  piecesOf(snippet).map(({ text, isFound }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
    isFound ? <mark key={at}>{text}</mark> : text,
  );

/** What was found stands between U+0001 and U+0002. */
function piecesOf(snippet: string): { text: string; isFound: boolean }[] {
  return snippet.split('\u0001').flatMap((part, at) => {
    const end = part.indexOf('\u0002');
    if (at === 0 || end < 0) return [{ text: part, isFound: false }];
    return [
      { text: part.slice(0, end), isFound: true },
      { text: part.slice(end + 1), isFound: false },
    ];
  });
}

function moveInList(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  event.preventDefault();
  const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next) next.focus();
  else if (at === 0) document.querySelector<HTMLInputElement>(`[data-testid="${testIds.historySearch}"]`)?.focus();
}
