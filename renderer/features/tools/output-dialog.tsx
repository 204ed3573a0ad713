import { ChevronDown, ChevronUp, WrapText } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { VList, type VListHandle } from 'virtua';
import { stripAnsi } from '../../markdown/ansi.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AnsiText } from './ansi-text.tsx';
import { linesWith, outputLines } from './output-lines.ts';

interface OutputDialogProps {
  title: string;
  output: string;
  /** Characters that the app did not keep. */
  omitted: number;
  onClose: () => void;
}

/** Everything a command printed, in a list that draws only what is seen. */
export function OutputDialog({ title, output, omitted, onClose }: OutputDialogProps) {
  const lines = useMemo(() => outputLines(output), [output]);
  const [words, setWords] = useState('');
  const [wrap, setWrap] = useState(true);
  const [at, setAt] = useState(0);
  const list = useRef<VListHandle>(null);
  const hits = useMemo(() => linesWith(lines, words), [lines, words]);
  const hit = hits.length === 0 ? null : hits[Math.min(at, hits.length - 1)];
  const step = (by: 1 | -1): void => {
    if (hits.length === 0) return;
    const next = (Math.min(at, hits.length - 1) + by + hits.length) % hits.length;
    setAt(next);
    list.current?.scrollToIndex(hits[next] ?? 0, { align: 'center' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && words !== '') {
      event.preventDefault();
      event.stopPropagation();
      setWords('');
    }
  };
  return (
    <Dialog title={title} testId={testIds.outputDialog} wide onClose={onClose}>
      {() => (
        <div className="output-full">
          <div className="output-tools">
            <input
              type="search"
              className="text-field"
              aria-label={t.output.search}
              placeholder={t.output.search}
              value={words}
              data-testid={testIds.outputSearch}
              onChange={(event) => {
                const next = event.target.value;
                const [first] = linesWith(lines, next);
                setWords(next);
                setAt(0);
                if (first !== undefined) list.current?.scrollToIndex(first, { align: 'center' });
              }}
              onKeyDown={onKeyDown}
            />
            <span className="output-hits" role="status" data-testid={testIds.outputHits}>
              {words.trim() !== '' &&
                t.output.hits(hits.length === 0 ? 0 : Math.min(at, hits.length - 1) + 1, hits.length)}
            </span>
            <IconButton label={t.output.previous} off={hits.length === 0 && t.off.noHits} onClick={() => step(-1)}>
              <ChevronUp size={16} aria-hidden />
            </IconButton>
            <IconButton label={t.output.next} off={hits.length === 0 && t.off.noHits} onClick={() => step(1)}>
              <ChevronDown size={16} aria-hidden />
            </IconButton>
            <IconButton label={t.output.wrap} aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
              <WrapText size={16} aria-hidden />
            </IconButton>
            <CopyButton text={() => stripAnsi(output)} label={t.tool.copyOutput} />
          </div>
          <VList
            ref={list}
            data={lines}
            className={`output-lines ${wrap ? 'is-wrapped' : ''}`}
            tabIndex={0}
            role="region"
            aria-label={t.output.lines(lines.length)}
            data-testid={testIds.outputLines}
          >
            {(line, number) => (
              <div key={number} className={`output-line ${number === hit ? 'is-hit' : ''}`}>
                <span className="output-number" aria-hidden>
                  {number + 1}
                </span>
                <span className="output-text">
                  <AnsiText pieces={line.pieces} />
                  {line.cut > 0 && <em className="output-cut"> {t.output.cut(line.cut)}</em>}
                </span>
              </div>
            )}
          </VList>
          {omitted > 0 && <p className="tool-empty">{t.tool.omitted(omitted)}</p>}
        </div>
      )}
    </Dialog>
  );
}
