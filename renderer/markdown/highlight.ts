import type { HLJSApi, LanguageFn } from 'highlight.js';
import { type Token, tokensByLine } from './hljs-tokens.ts';

type Loader = () => Promise<{ default: LanguageFn }>;

/** Languages that are loaded when code in them is first seen. */
const loaders: Record<string, Loader> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  php: () => import('highlight.js/lib/languages/php'),
  python: () => import('highlight.js/lib/languages/python'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

const aliases: Record<string, string> = {
  'c++': 'cpp',
  cc: 'cpp',
  cjs: 'javascript',
  console: 'bash',
  cs: 'csharp',
  cts: 'typescript',
  docker: 'dockerfile',
  golang: 'go',
  h: 'c',
  hpp: 'cpp',
  html: 'xml',
  js: 'javascript',
  jsonc: 'json',
  jsonl: 'json',
  jsx: 'javascript',
  md: 'markdown',
  mjs: 'javascript',
  mts: 'typescript',
  patch: 'diff',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  vue: 'xml',
  yml: 'yaml',
  zsh: 'bash',
};

/** Code longer than this is shown plain: colouring it would hold up the window. Characters. */
export const highlightLimit = 60_000;

/** The name under which a language can be highlighted; null when it cannot. */
export function languageOf(name: string): string | null {
  const lower = name.toLowerCase();
  const known = aliases[lower] ?? lower;
  return known in loaders ? known : null;
}

/** The language of a file by its name; null when it cannot be highlighted. */
export function languageOfPath(path: string): string | null {
  const file = path.split(/[\\/]/).at(-1) ?? '';
  if (/^dockerfile/i.test(file)) return 'dockerfile';
  const dot = file.lastIndexOf('.');
  return dot < 0 ? null : languageOf(file.slice(dot + 1));
}

let core: Promise<HLJSApi> | null = null;
const ready = new Map<string, Promise<HLJSApi>>();
const loaded = new Map<string, HLJSApi>();

/** Loads what is needed for a language; resolves when `highlightLines` can be used for it. */
export function loadLanguage(language: string): Promise<HLJSApi> {
  const known = ready.get(language);
  if (known) return known;
  core ??= import('highlight.js/lib/core').then((module) => module.default);
  const loading = Promise.all([core, loaders[language]!()]).then(([api, module]) => {
    if (!api.getLanguage(language)) api.registerLanguage(language, module.default);
    loaded.set(language, api);
    return api;
  });
  ready.set(language, loading);
  return loading;
}

/** The code as coloured lines, or null while its language is not loaded. */
export function highlightLines(code: string, language: string): Token[][] | null {
  const api = loaded.get(language);
  if (!api || code.length > highlightLimit) return null;
  return tokensByLine(api.highlight(code, { language, ignoreIllegals: true }).value);
}
