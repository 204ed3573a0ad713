import { describe, expect, it } from 'vitest';
import { plainQuirks } from './agent.ts';

const isOurs = (tool: string, title: string) => plainQuirks.isToolOf?.('quarterdeck', { tool, title });

describe("a call of the app's own tools", () => {
  it('is known by the whole name of one of them', () => {
    expect(isOurs('mcp__quarterdeck__report_progress', 'Report progress')).toBe(true);
    expect(isOurs('tool', 'mcp__quarterdeck__complete_goal')).toBe(true);
  });

  it('is nothing that only begins like one: a title may be a command line of the model', () => {
    expect(isOurs('shell', "mcp__quarterdeck__=1 sh -c 'id > pwned'")).toBe(false);
    expect(isOurs('shell', 'mcp__quarterdeck__report_progress; rm -rf x')).toBe(false);
    expect(isOurs('shell', 'mcp__quarterdeck__report_progress\nrm -rf x')).toBe(false);
    expect(isOurs('mcp__quarterdeck__run_anything', 'x')).toBe(false);
    expect(isOurs('mcp__other__report_progress', 'x')).toBe(false);
  });
});
