import type { Element } from 'hast';
import { memo, type ReactNode, useMemo, useRef } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { isReadable } from '../../main/export/readable.ts';
import { AsWritten, WrittenBoundary } from './as-written.tsx';
import { CodeBlock } from './code-block.tsx';
import { BlockGrows, Diagram, isDiagram } from './diagram.tsx';
import { normaliseMath } from './find-math.ts';
import { ImageLink, SafeLink } from './safe-link.tsx';
import { extendBlocks, type MarkdownBlock } from './split-blocks.ts';
import { useMath } from './use-math.ts';

const plugins = [remarkGfm];

/** A message's headings stand below the title of the session. Agents begin with the first level or with the second; neither leaves one out. */
const heading =
  (level: number, Tag: 'h2' | 'h3' | 'h4' | 'h5') =>
  ({ children }: { children?: ReactNode }) => <Tag className={`heading-${level}`}>{children}</Tag>;

const components: Components = {
  h1: heading(1, 'h2'),
  h2: heading(2, 'h2'),
  h3: heading(3, 'h3'),
  h4: heading(4, 'h4'),
  h5: heading(4, 'h5'),
  h6: heading(4, 'h5'),
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  img: ({ src, alt }) => <ImageLink src={typeof src === 'string' ? src : undefined} alt={alt} />,
  pre: ({ node }) => <FencedCode node={node} />,
  // A list has its marks, and a table its first column, where its words begin.
  ul: ({ node: _, ...rest }) => <ul dir="auto" {...rest} />,
  ol: ({ node: _, ...rest }) => <ol dir="auto" {...rest} />,
  blockquote: ({ children }) => <blockquote dir="auto">{children}</blockquote>,
  table: ({ children }) => (
    <div className="table-scroll">
      <table dir="auto">{children}</table>
    </div>
  ),
};

/** A code block inside a list or a quotation; those at the left edge never pass through here. */
function FencedCode({ node }: { node?: Element }) {
  const child = node?.children[0];
  if (child?.type !== 'element') return null;
  const classes = child.properties.className;
  const language = Array.isArray(classes) ? String(classes[0] ?? '').replace(/^language-/, '') : '';
  const code = child.children.map((part) => (part.type === 'text' ? part.value : '')).join('');
  const whole = code.replace(/\n$/, '');
  return isDiagram(language) ? <Diagram code={whole} /> : <CodeBlock code={whole} language={language} />;
}

const Block = memo(function Block({ text }: { text: string }) {
  if (!isReadable(text)) return <AsWritten text={text} />;
  return (
    <WrittenBoundary text={text}>
      <Parsed text={text} />
    </WrittenBoundary>
  );
});

function Parsed({ text }: { text: string }) {
  const math = useMath(text);
  return (
    <Markdown
      remarkPlugins={math ? [...plugins, ...math.remark] : plugins}
      rehypePlugins={math?.rehype}
      components={components}
    >
      {math ? normaliseMath(text) : text}
    </Markdown>
  );
}

/** An agent's words. Finished blocks are parsed once; while the text grows only its last block is parsed again. */
export const MarkdownView = memo(function MarkdownView({ text, growing = false }: { text: string; growing?: boolean }) {
  const blocks = useBlocks(text);
  return (
    <div className="markdown">
      {blocks.map((block) =>
        block.kind === 'code' ? (
          isDiagram(block.language) ? (
            <Diagram key={block.start} code={block.code} growing={growing && !block.closed} />
          ) : (
            <CodeBlock
              key={block.start}
              code={block.code}
              language={block.language}
              growing={growing && !block.closed}
            />
          )
        ) : (
          // Not a property of the block, which would be parsed again when it is finished.
          <BlockGrows key={block.start} value={growing && block === blocks.at(-1)}>
            <Block text={block.text} />
          </BlockGrows>
        ),
      )}
    </div>
  );
});

function useBlocks(text: string): readonly MarkdownBlock[] {
  const before = useRef<{ text: string; blocks: readonly MarkdownBlock[] }>({ text: '', blocks: [] });
  return useMemo(() => {
    const known = before.current;
    const blocks = extendBlocks(text.startsWith(known.text) ? known.blocks : [], text);
    before.current = { text, blocks };
    return blocks;
  }, [text]);
}
