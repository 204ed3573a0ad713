import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';

/** Brings axe-core into a page of the gallery; to be done before `axeFaults`. */
export async function loadAxe(page: Page): Promise<void> {
  await page.addScriptTag({ url: new URL('axe.min.js', page.url()).href });
}
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What a theme changes is colours alone. */
export const ofColours = ['color-contrast', 'link-in-text-block'];

/** What axe-core finds, by rule and element: on the page, or in the dialog, menu or panel that is open on top. */
export async function axeFaults(
  page: Page,
  where: 'page' | 'layer' = 'page',
  only?: readonly string[],
): Promise<string[]> {
  const violations = await page.evaluate(
    async ([place, which, rules]) => {
      const { axe } = window as unknown as { axe: { run: (root: Node, options: object) => Promise<AxeResults> } };
      const layer = [...document.querySelectorAll('dialog:modal, .menu, .popover')].at(-1);
      const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: which };
      const found = await axe.run(place === 'layer' && layer ? layer : document, {
        runOnly,
        resultTypes: ['violations'],
        // No rule of these looks into style sheets, which it would fetch and read once more.
        preload: { assets: ['media'] },
      });
      return found.violations.map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message.slice(0, 120) ?? ''}`),
      }));
    },
    [where, tags, only] as const,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node}`));
}
