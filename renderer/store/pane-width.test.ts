import { describe, expect, it } from 'vitest';
import { clampWidth, paneWidth, paneWidths, setPaneWidth, widthFrom } from './pane-width.ts';
import { recall } from './storage.ts';

describe('the width of a pane', () => {
  it('stays within what the pane may have', () => {
    expect(clampWidth('panel', 10)).toBe(paneWidths.panel.least);
    expect(clampWidth('panel', 10_000)).toBe(paneWidths.panel.most);
    expect(clampWidth('sidebar', 300.6)).toBe(301);
  });

  it('is the usual one where what was kept is no width', () => {
    for (const kept of [null, '', 'wide', 'NaN', 'Infinity']) {
      expect(widthFrom('panel', kept)).toBe(paneWidths.panel.usual);
    }
    expect(widthFrom('panel', '512')).toBe(512);
    expect(widthFrom('panel', '4')).toBe(paneWidths.panel.least);
  });

  it('is kept once it is another than the usual one, and forgotten with it', () => {
    setPaneWidth('panel', 510);
    expect(paneWidth.getState().panel).toBe(510);
    expect(widthFrom('panel', recall('width.panel'))).toBe(510);
    setPaneWidth('panel', paneWidths.panel.usual);
    expect(recall('width.panel')).toBeNull();
  });
});
