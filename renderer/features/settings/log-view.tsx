import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { LogLine, LogPage } from '../../../main/protocol/data.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient } from '../../ui/client-context.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { RightNote } from '../../ui/right-note.tsx';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { OpenPlaceButton } from '../data/open-place-button.tsx';
import { QueryProblem } from './query-problem.tsx';

const levels = ['debug', 'info', 'warn', 'error'] as const;
/** How often it is looked whether the log has grown; nothing is read as long as it has not. */
const followMs = 1_500;
/** After the last letter that was typed. */
const typedMs = 250;

/** The last lines of the log: filtered, searched, followed. Secrets were taken out before they came here. */
export function LogView() {
  const whyNot = useWhyNot('admin');
  const words = t.log;
  return (
    <section className="card" aria-labelledby="log-title">
      <h2 id="log-title">{words.title}</h2>
      <p className="field-note">{words.note}</p>
      {whyNot ? <RightNote>{whyNot}</RightNote> : <Lines />}
    </section>
  );
}

function Lines() {
  const client = useClient();
  const id = useId();
  const [level, setLevel] = useState<(typeof levels)[number]>('info');
  const [text, setText] = useState('');
  const [follows, setFollows] = useState(true);
  const [page, setPage] = useState<LogPage | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  const words = t.log;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another question
  useEffect(() => {
    let left = false;
    let version: string | undefined;
    let timer: ReturnType<typeof setTimeout>;
    const read = async (): Promise<void> => {
      const asked = text.trim() === '' ? {} : { text: text.trim() };
      const answer = await client.request<LogPage>({ type: 'log_read', level, limit: 400, unless: version, ...asked });
      if (left) return;
      setProblem(answer.ok ? null : answer.problem);
      if (answer.ok) {
        if (!answer.value.same) setPage(answer.value);
        ({ version } = answer.value);
      }
      if (follows && answer.ok) timer = setTimeout(() => void read(), followMs);
    };
    timer = setTimeout(() => void read(), text === '' ? 0 : typedMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [client, level, text, follows, tries]);
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (follows && page && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [follows, page]);
  return (
    <>
      <div className="log-controls">
        <select
          className="text-field"
          aria-label={words.level}
          value={level}
          data-testid={testIds.logLevel}
          onChange={(event) => setLevel(event.target.value as typeof level)}
        >
          {levels.map((one) => (
            <option key={one} value={one}>
              {words.levels[one]}
            </option>
          ))}
        </select>
        <input
          className="text-field"
          type="search"
          maxLength={200}
          aria-label={words.search}
          placeholder={words.search}
          value={text}
          data-testid={testIds.logSearch}
          onChange={(event) => setText(event.target.value)}
        />
        <label className="check-row" htmlFor={id}>
          <input
            id={id}
            type="checkbox"
            checked={follows}
            data-testid={testIds.logFollow}
            onChange={(event) => setFollows(event.target.checked)}
          />
          <span>{words.follow}</span>
        </label>
      </div>
      {problem && <QueryProblem problem={problem} onRetry={() => setTries(tries + 1)} />}
      {page && page.lines.length === 0 && <p className="field-note">{text === '' ? words.empty : words.none}</p>}
      {page && page.lines.length > 0 && (
        <>
          <section
            ref={box}
            className="log-lines"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it is reached by the keyboard
            tabIndex={0}
            aria-label={words.lines}
            data-testid={testIds.logView}
          >
            {page.lines.map((line) => (
              <LogRow key={line.id} line={line} />
            ))}
          </section>
          <div className="card-actions">
            <CopyButton showLabel label={words.copy} text={() => page.lines.map(plainLine).join('\n')} />
            <OpenPlaceButton place="logs" path={page.file} />
            {page.more && <span className="field-note">{words.more(page.lines.length)}</span>}
          </div>
        </>
      )}
    </>
  );
}

const clock = (at: number | null): string =>
  at === null ? '' : new Date(at).toISOString().replace('T', ' ').slice(0, 19);
const plainLine = ({ at, level, text }: LogLine): string => `${clock(at)} ${level} ${text}`;

function LogRow({ line }: { line: LogLine }) {
  return (
    <p data-level={line.level} dir="ltr">
      <time>{clock(line.at)}</time> <b>{t.log.mark[line.level]}</b> {line.text}
    </p>
  );
}
