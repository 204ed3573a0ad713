import type { Element } from 'hast';
import { memo, useMemo, useRef } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { AsWritten, WrittenBoundary } from './as-written.tsx';
import { CodeBlock } from './code-block.tsx';
import { normaliseMath } from './find-math.ts';
import { isReadable } from './readable.ts';
import { ImageLink, SafeLink } from './safe-link.tsx';
import { extendBlocks, type MarkdownBlock } from './split-blocks.ts';
import { useMath } from './use-math.ts';

const plugins = [remarkGfm];

const components: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  img: ({ src, alt }) => <ImageLink src={typeof src === 'string' ? src : undefined} alt={alt} />,
  pre: ({ node }) => <FencedCode node={node} />,
  table: ({ children }) => (
    <div className="table-scroll">
      <table>{children}</table>
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
  return <CodeBlock code={code.replace(/\n$/, '')} language={language} />;
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
          <CodeBlock key={block.start} code={block.code} language={block.language} growing={growing && !block.closed} />
        ) : (
          <Block key={block.start} text={block.text} />
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
