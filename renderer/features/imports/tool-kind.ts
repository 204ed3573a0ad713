import type { ToolKind } from '../../../main/protocol/values.ts';

const kinds: readonly (readonly [ToolKind, RegExp])[] = [
  ['execute', /^(bash|shell|local_shell|exec_command|write_stdin|run_shell_command|container\.exec)/i],
  ['edit', /^(edit|multiedit|write|notebookedit|apply_patch|write_file|replace)/i],
  ['search', /^(grep|glob|search|list_directory|ls|tool_?search|google_web_search|web_?search)/i],
  ['read', /^(read|view_image|notebookread)/i],
  ['fetch', /^(webfetch|web_fetch|fetch)/i],
  ['agent', /^(task|agent|spawn_agent|collaboration)/i],
  ['plan', /^(todowrite|todoread|update_plan|write_todos|exitplanmode)/i],
  ['question', /^(askuserquestion|request_user_input|ask_user)/i],
];

/** What a tool of one of the CLIs does, by its own name. */
export const kindOfTool = (tool: string): ToolKind => kinds.find(([, names]) => names.test(tool))?.[0] ?? 'other';
