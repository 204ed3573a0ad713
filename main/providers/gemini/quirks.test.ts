import { describe, expect, it } from 'vitest';
import { parseCommented } from './commented-json.ts';
import { geminiQuirks, thoughtChunk } from './quirks.ts';

describe('a tool of the app', () => {
  it('is known by the server in its name and in its title, and nobody is asked for it', () => {
    const isOurs = (tool: string, title: string) => geminiQuirks.isToolOf?.('quarterdeck', { tool, title });
    const title = 'report_progress (quarterdeck MCP Server)';
    expect(isOurs('mcp_quarterdeck_report_progress', title)).toBe(true);
    expect(isOurs('run_shell_command', title)).toBe(false);
    expect(isOurs('mcp_quarterdeck_report_progress', 'rm -rf /')).toBe(false);
    expect(isOurs('mcp_other_report_progress', 'report_progress (other MCP Server)')).toBe(false);
  });
});

describe('what Gemini CLI does differently', () => {
  it.each([
    ['run_shell_command__fc1', 'run_shell_command'],
    ['mcp_server_tool__a__b', 'mcp_server_tool'],
    ['synth_1_2', undefined],
    ['', undefined],
  ])('the tool of "%s" is %s', (id, tool) => {
    expect(geminiQuirks.toolName?.(id)).toBe(tool);
  });

  it('a thought in pieces is one, and another thought a new paragraph', () => {
    const pieces = ['**Plan**\nLet me', '**Plan**\nsee.', '**Look**\nHere.', '**Look**\nOr there.'];
    let thought = '';
    for (const piece of pieces) thought += thoughtChunk(piece, thought);
    expect(thought).toBe('**Plan**\nLet me see.\n\n**Look**\nHere. Or there.');
  });

  it('its word about a new mode is not part of an answer', () => {
    expect(geminiQuirks.isNoise?.('[MODE_UPDATE] yolo')).toBe(true);
    expect(geminiQuirks.isNoise?.('It said [MODE_UPDATE] yolo')).toBe(false);
  });
});

describe('settings with comments', () => {
  it('are read, and slashes inside of texts are no comments', () => {
    expect(parseCommented('{ // a\n"u": "http://x/*y*/", /* b */ "n": 1}')).toEqual({ u: 'http://x/*y*/', n: 1 });
    expect(parseCommented('{"a":')).toBeUndefined();
  });
});
