import { Maximize2 } from 'lucide-react';
import { lazy, memo, Suspense, useMemo, useState } from 'react';
import { parseAnsi, stripAnsi } from '../../markdown/ansi.ts';
import type { ToolItem } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { AnsiText } from './ansi-text.tsx';

const OutputDialog = lazy(() => import('./output-dialog.tsx').then((module) => ({ default: module.OutputDialog })));

/** Lines shown at first: the end, for that is where results stand. */
const foldedLines = 12;
/** A few lines more are not worth a click. */
const foldAbove = 16;
/** More lines than this are only shown in full where no more of them are drawn than are seen. */
const mostInPlace = 2_000;
/** Characters of the end that are looked at while folded, so that a flood costs nothing. */
const foldedChars = 8_000;

export const ToolOutput = memo(function ToolOutput({ tool }: { tool: ToolItem }) {
  const [all, setAll] = useRemembered(`output ${tool.key}`, false);
  const [full, setFull] = useState(false);
  const { output } = tool;
  const lineCount = useMemo(() => countLines(output), [output]);
  const capped = lineCount > foldAbove || output.length > foldedChars;
  const pieces = useMemo(
    () => parseAnsi((all && lineCount <= mostInPlace) || !capped ? output.replace(/\n$/, '') : tail(output)),
    [output, all, capped, lineCount],
  );
  if (output === '') {
    // What was refused did not run, so it cannot have said anything.
    return tool.status === 'running' || tool.status === 'denied' ? null : (
      <p className="tool-empty">{t.tool.noOutput}</p>
    );
  }
  return (
    <div className="tool-output">
      {capped && (
        <span className="tool-output-more">
          {lineCount <= mostInPlace && (
            <button type="button" className="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t.common.showLess : t.tool.showAll(lineCount)}
            </button>
          )}
          <button type="button" className="link-button" data-testid={testIds.outputOpen} onClick={() => setFull(true)}>
            <Maximize2 size={12} aria-hidden /> {t.output.open}
          </button>
        </span>
      )}
      {full && (
        <Suspense>
          <OutputDialog
            title={tool.title}
            output={output}
            omitted={tool.outputOmitted}
            onClose={() => setFull(false)}
          />
        </Suspense>
      )}
      <div className="tool-output-box">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre tabIndex={0} data-testid={testIds.toolOutput}>
          <AnsiText pieces={pieces} />
        </pre>
        <CopyButton text={() => stripAnsi(output)} label={t.tool.copyOutput} />
      </div>
      {tool.outputOmitted > 0 && <p className="tool-empty">{t.tool.omitted(tool.outputOmitted)}</p>}
    </div>
  );
});

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return text.endsWith('\n') ? count : count + 1;
}

function tail(output: string): string {
  const end = output.slice(-foldedChars).replace(/\n$/, '');
  return end.split('\n').slice(-foldedLines).join('\n');
}
