import { Code, Workflow } from 'lucide-react';
import { createContext, lazy, memo, Suspense, use, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { themeStore } from '../store/theme.ts';
import { t } from '../strings/index.ts';
import { testIds } from '../test-ids.ts';
import { IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { useMedia } from '../ui/use-media.ts';
import { CodeBlock } from './code-block.tsx';
import { type Drawing, drawDiagram, drawnBefore } from './draw-diagram.ts';

const Lightbox = lazy(() => import('../ui/lightbox.tsx').then((module) => ({ default: module.Lightbox })));

/** Whether the block this stands in still grows: half a diagram is not drawn. */
export const BlockGrows = createContext(false);

/** Words after a fence that mean a diagram. */
export const isDiagram = (language: string): boolean => language.toLowerCase() === 'mermaid';

/** A diagram in an agent's words, once it is whole: as a picture, with its text a click away. What cannot be drawn is shown as its text. */
export const Diagram = memo(function Diagram({ code, growing = false }: { code: string; growing?: boolean }) {
  const grows = use(BlockGrows) || growing;
  return grows ? <CodeBlock code={code} language="mermaid" growing /> : <Whole code={code} />;
});

function Whole({ code }: { code: string }) {
  const theme = useStore(themeStore, (view) => view.theme);
  const system = useMedia('(prefers-color-scheme: dark)');
  const dark = theme === 'system' ? system : theme === 'dark';
  const drawing = useDrawing(code, dark);
  const [asText, setAsText] = useState(false);
  if (drawing && !drawing.ok) {
    const why = drawing.because === 'text' ? t.diagram.wrong : t.diagram.notDrawn;
    return (
      <div className="diagram-failed" data-testid={testIds.diagramFailed}>
        <CodeBlock code={code} language="mermaid" />
        <div className="diagram-note">
          {why}
          {drawing.because === 'text' && drawing.reason !== '' && (
            <details>
              <summary>{t.error.detail}</summary>
              <pre>{drawing.reason}</pre>
            </details>
          )}
        </div>
      </div>
    );
  }
  return (
    <figure className="code-block diagram" data-testid={testIds.diagram}>
      <figcaption>
        <span className="code-language">{t.diagram.name}</span>
        <span className="diagram-tools">
          <IconButton
            className="icon-button-small"
            label={asText ? t.diagram.asPicture : t.diagram.asText}
            data-testid={testIds.diagramText}
            onClick={() => setAsText(!asText)}
          >
            {asText ? <Workflow size={14} aria-hidden /> : <Code size={14} aria-hidden />}
          </IconButton>
          <CopyButton text={code} label={t.diagram.copy} />
        </span>
      </figcaption>
      {asText ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre tabIndex={0}>
          <code>{code}</code>
        </pre>
      ) : drawing?.ok ? (
        <Picture drawing={drawing} code={code} />
      ) : (
        <span className="diagram-wait" role="status">
          <Spinner /> {t.diagram.drawing}
        </span>
      )}
    </figure>
  );
}

function Picture({ drawing, code }: { drawing: Extract<Drawing, { ok: true }>; code: string }) {
  const [large, setLarge] = useState(false);
  // As a picture it can run nothing, fetch nothing and lead nowhere, whatever is in it.
  const url = useMemo(() => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.svg)}`, [drawing.svg]);
  const kind = /^\s*(?:%%.*\n|---[\s\S]*?\n---\n|\s)*([\w-]+)/.exec(code)?.[1] ?? '';
  const name = t.diagram.picture(kind);
  return (
    <>
      <button type="button" className="diagram-picture" aria-label={t.attach.open(name)} onClick={() => setLarge(true)}>
        <img src={url} alt={name} width={Math.ceil(drawing.width)} height={Math.ceil(drawing.height)} />
      </button>
      {large && (
        <Suspense fallback={null}>
          <Lightbox url={url} name={name} onClose={() => setLarge(false)} />
        </Suspense>
      )}
    </>
  );
}

function useDrawing(code: string, dark: boolean): Drawing | undefined {
  const [, setDrawn] = useState<Drawing>();
  const [trouble, setTrouble] = useState<Drawing>();
  useEffect(() => {
    let gone = false;
    void drawDiagram(code, dark).then((drawing) => {
      if (gone) return;
      setDrawn(drawing);
      setTrouble(drawing.ok ? undefined : drawing);
    });
    return () => {
      gone = true;
    };
  }, [code, dark]);
  return drawnBefore(code, dark) ?? trouble;
}
