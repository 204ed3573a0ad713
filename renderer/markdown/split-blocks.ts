/** A piece of Markdown that can be rendered on its own. A fenced code block at the left edge is a piece of its own kind. */
export type MarkdownBlock =
  | { readonly kind: 'markdown'; readonly start: number; readonly text: string }
  | {
      readonly kind: 'code';
      readonly start: number;
      readonly text: string;
      /** First word after the fence. */
      readonly language: string;
      readonly code: string;
      /** Its closing fence has come. */
      readonly closed: boolean;
    };

const fence = /^( {0,3})(`{3,}|~{3,})[ \t]*([^\s`]*)[^`\n]*$/;
const listMarker = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const indented = /^(?: {2,}|\t)/;

/**
 * Splits Markdown into blocks at blank lines, keeping lists, indented parts and fenced code whole. Joined, the texts give the input again.
 * Every block begins in a neutral state, so a finished one never has to be looked at again when more text comes.
 */
export function splitBlocks(text: string, from = 0): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let start = from;
  let isList = false;
  let hasContent = false;
  let afterBlank = false;
  const close = (end: number): void => {
    if (end > start) blocks.push({ kind: 'markdown', start, text: text.slice(start, end) });
    start = end;
    isList = false;
    hasContent = false;
    afterBlank = false;
  };
  let at = from;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end).replace(/\r?\n$/, '');
    if (line.trim() === '') {
      afterBlank = hasContent;
      at = end;
      continue;
    }
    const opening = indented.test(line) && isList ? null : fence.exec(line);
    if (opening) {
      close(at);
      const block = readFence(text, at, opening);
      blocks.push(block);
      at = start = block.start + block.text.length;
      continue;
    }
    if (afterBlank && !(isList && listMarker.test(line)) && !indented.test(line)) close(at);
    if (!hasContent) isList = listMarker.test(line);
    hasContent = true;
    afterBlank = false;
    at = end;
  }
  close(text.length);
  return blocks;
}

/**
 * The blocks of `text`, of which `before` are those of its beginning. Only the last two of them are looked at again: of a line that is still
 * growing nobody knows yet whether it goes on with the list above it.
 * @param from - where the first of them begins, in front of which a block ends.
 */
export function extendBlocks(before: readonly MarkdownBlock[], text: string, from = 0): MarkdownBlock[] {
  const kept = before.slice(0, -2);
  const last = kept.at(-1);
  return [...kept, ...splitBlocks(text, last ? last.start + last.text.length : from)];
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
}

function readFence(text: string, start: number, opening: RegExpExecArray): MarkdownBlock {
  const indent = opening[1]?.length ?? 0;
  const marker = opening[2] ?? '```';
  const closing = new RegExp(`^ {0,3}\\${marker[0]}{${marker.length},}[ \\t]*\\r?\\n?$`);
  const firstLine = lineEnd(text, start);
  let at = firstLine;
  while (at < text.length) {
    const end = lineEnd(text, at);
    if (closing.test(text.slice(at, end))) return codeBlock(text, start, end, firstLine, at, indent, opening, true);
    at = end;
  }
  return codeBlock(text, start, text.length, firstLine, text.length, indent, opening, false);
}

function codeBlock(
  text: string,
  start: number,
  end: number,
  codeStart: number,
  codeEnd: number,
  indent: number,
  opening: RegExpExecArray,
  closed: boolean,
): MarkdownBlock {
  const raw = text.slice(codeStart, codeEnd).replace(/\n$/, '');
  const code = indent === 0 ? raw : raw.replace(new RegExp(`^ {1,${indent}}`, 'gm'), '');
  return { kind: 'code', start, text: text.slice(start, end), language: opening[3] ?? '', code, closed };
}
