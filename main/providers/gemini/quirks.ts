import type { AcpQuirks, SaidInTurn } from '../acp/agent.ts';

/**
 * Where Gemini CLI (seen with 0.61.0) differs from the protocol, or adds to it.
 *
 * - `session/load` wipes the stored session when it comes in the minute of its last write, and at the second time in any case
 *   (github.com/google-gemini/gemini-cli, issues 28693 and 28775). It is never used.
 * - A refused answer, one cut at the limit of length, and one lost on the way all end as `end_turn`: without a word, or in the middle of one with
 *   no tokens counted.
 * - After a stream broke it asks the model again, 1 s later at first, and tells the new answer behind what it told of the old one.
 * - The name of a tool is told only in the id of its call: `run_shell_command__fc1`.
 */
export const geminiQuirks: AcpQuirks = {
  resumes: false,
  isLost,
  repeatsAfterMs: 900,
  toolName: (toolCallId) => /^([A-Za-z][\w.-]*?)__./.exec(toolCallId)?.[1],
  isToolOf: (server, { tool, title }) =>
    tool.startsWith(`mcp_${server}_`) && title === `${tool.slice(server.length + 5)} (${server} MCP Server)`,
  titleIsCommand: (tool) => tool === 'run_shell_command',
  isNoise: (text) => /^\[MODE_UPDATE\] \w+$/.test(text),
  thought: thoughtChunk,
};

/** Each chunk is `**Subject**\nwords`; one thought that comes in pieces repeats its subject. */
export function thoughtChunk(text: string, before: string): string {
  const heading = /^\*\*[^\n]*\*\*\n/.exec(text)?.[0];
  if (heading === undefined || before === '') return text;
  const last = before.slice(before.lastIndexOf('\n\n**') === -1 ? 0 : before.lastIndexOf('\n\n**') + 2);
  // The CLI trims the words of every piece, so the space between two has to be put back.
  return last.startsWith(heading) ? ` ${text.slice(heading.length)}` : `\n\n${text}`;
}

function isLost({ prompt, text, afterTools, usage }: SaidInTurn): boolean {
  // The CLI's own commands ask no model.
  if (/^\s*[/$]/.test(prompt) && text) return false;
  if (!afterTools) return true;
  return usage !== null && usage.input_tokens === 0 && usage.output_tokens === 0;
}
