const blocks = 'p, li, td, th, pre, h1, h2, h3, h4, h5, h6, div, button, figcaption, article, section, dt, dd';

/** Where the pattern stands in what an element shows, also over the ends of bold and linked words. */
export function rangesIn(element: Element, pattern: RegExp): Range[] {
  const nodes: { node: Text; from: number }[] = [];
  let text = '';
  let block: Element | null = null;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement?.closest(blocks) ?? null;
    // The end of one paragraph and the beginning of the next one are no word.
    if (block !== null && own !== block) text += '\n';
    block = own;
    nodes.push({ node: node as Text, from: text.length });
    text += (node as Text).data;
  }
  return [...text.matchAll(pattern)].flatMap((match) => {
    const start = placeOf(nodes, match.index);
    const end = placeOf(nodes, match.index + match[0].length - 1);
    if (!start || !end) return [];
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset + 1);
    return [range];
  });
}

function placeOf(nodes: readonly { node: Text; from: number }[], at: number): { node: Text; offset: number } | null {
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (nodes[middle]!.from <= at) low = middle;
    else high = middle - 1;
  }
  const found = nodes[low];
  const offset = found ? at - found.from : -1;
  return found && offset < found.node.length ? { node: found.node, offset } : null;
}
