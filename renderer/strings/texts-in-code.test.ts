import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const renderer = join(import.meta.dirname, '..');
/** Scenes for looking at; what is in them is said by agents and people. The catalogues themselves. */
const left = ['gallery', 'strings', 'styles', 'public'];

const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$|-test-support/.test(file))
  .filter((file) => !left.some((folder) => file.startsWith(`${folder}/`)));

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Calls `visit` for each node; it says whether to look into it. */
function walk(node: Node, visit: (node: Node) => boolean): void {
  if (!visit(node)) return;
  for (const part of Object.values(node).flat()) if (isNode(part)) walk(part, visit);
}

function parsed(file: string, text = readFileSync(join(renderer, file), 'utf8')) {
  const lineOf = (at: number) => `${file}:${text.slice(0, at).split('\n').length}`;
  return { program: parseSync(file, text).program as unknown as Node, lineOf };
}

/** Attributes that are read or heard by a person. */
const spoken = new Set(['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label']);
/** Two letters in a row: more than a sign. What is the same in every language does not count. */
const isText = (text: unknown): boolean =>
  typeof text === 'string' && /\p{L}{2}/u.test(text.replace(/Quarterdeck|qdc_…/g, ''));

function literalTexts(file: string, text?: string): string[] {
  const { program, lineOf } = parsed(file, text);
  const found: string[] = [];
  walk(program, (node) => {
    if (node.type === 'JSXText' && isText(node.value)) found.push(`${lineOf(node.start)} ${String(node.value).trim()}`);
    if (node.type === 'JSXAttribute') {
      const { name, value } = node as unknown as { name: { name: string }; value: Node | null };
      if (spoken.has(name.name) && value?.type === 'Literal' && isText(value.value))
        found.push(`${lineOf(node.start)} ${name.name}="${value.value}"`);
    }
    return true;
  });
  return found;
}

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression', 'MethodDefinition']);

/** Places at the top of a module at which the catalogue is read: once, in the language the page began with. */
function readOnce(file: string, text?: string): string[] {
  const { program, lineOf } = parsed(file, text);
  const found: string[] = [];
  walk(program, (node) => {
    if (functions.has(node.type) || node.type === 'ImportDeclaration') return false;
    if (node.type === 'MemberExpression') {
      const object = node.object as Node;
      if (object.type === 'Identifier' && object.name === 't') found.push(lineOf(node.start));
    }
    return true;
  });
  return found;
}

describe('what a person reads', () => {
  it('stands in the catalogues and not in the components', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(files.flatMap((file) => literalTexts(file))).toEqual([]);
  });

  it('is read from the catalogue when it is shown, so that another language can be chosen', () => {
    expect(files.flatMap((file) => readOnce(file))).toEqual([]);
  });

  it('would be found by this test', () => {
    const planted = `const words = t.common;\nexport const A = () => <p title="A hint">Hello {t.common.copy}</p>;\n`;
    expect(literalTexts('a.tsx', planted)).toEqual(['a.tsx:2 title="A hint"', 'a.tsx:2 Hello']);
    expect(readOnce('a.tsx', planted)).toEqual(['a.tsx:1']);
  });
});
