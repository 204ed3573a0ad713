import type { Options } from 'react-markdown';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { rehypeFitMath } from './fit-math.ts';
import 'katex/dist/katex.min.css';

/** `remark-math` and KaTeX, a file of its own with its style and fonts: fetched when the first formula comes. */
export const mathPlugins: {
  remark: NonNullable<Options['remarkPlugins']>;
  rehype: NonNullable<Options['rehypePlugins']>;
} = {
  remark: [[remarkMath, { singleDollarTextMath: false }]],
  rehype: [
    rehypeFitMath,
    [
      rehypeKatex,
      // Nothing that leads anywhere or fetches anything (`trust`), no endless macro, and nothing larger than a few lines.
      { trust: false, strict: 'ignore', maxExpand: 300, maxSize: 20, errorColor: 'currentColor' },
    ],
  ],
};
