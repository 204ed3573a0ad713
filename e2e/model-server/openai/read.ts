import { parseScenario } from '../parse-scenario.ts';
import type { Transcript, Turn, UserTurn } from '../transcript.ts';

/** The parts of a Responses API request that the server looks at (https://platform.openai.com/docs/api-reference/responses). */
export interface ResponsesRequest {
  model?: string;
  stream?: boolean;
  instructions?: string;
  input?: string | InputItem[];
  tools?: Tool[];
  prompt_cache_key?: string;
  text?: { format?: { type?: string } };
}

export interface Tool {
  type: string;
  name?: string;
  /** Of a `namespace`. */
  tools?: Tool[];
}

export interface InputItem {
  type?: string;
  /** Of `additional_tools`: newer models are told their tools among the messages. */
  tools?: Tool[];
  role?: string;
  content?: string | ContentPart[];
  call_id?: string;
  name?: string;
  /** Arguments of a function call: JSON as a string. */
  arguments?: string;
  /** Input of a call of a freeform tool. */
  input?: string;
  output?: string | ContentPart[] | { content?: string; success?: boolean };
}

interface ContentPart {
  type: string;
  text?: string;
  /** Of an `agent_message`: what the other agent said. Here nothing is really encrypted. */
  encrypted_content?: string;
}

/** Texts that Codex itself puts into a user message (seen with 0.169.0): `<environment_context>…`, `# AGENTS.md instructions for …`. */
const ownText = /^(?:<[a-z_ ]+>[\s\S]*<\/[a-z_ ]+>|# AGENTS\.md instructions\b[\s\S]*)$/;
const interruption = /^<turn_aborted>/;

/** All tools that are offered, wherever they stand; those of namespaces among them. */
export function offeredTools(request: ResponsesRequest): Tool[] {
  const flat = (tools: readonly Tool[]): Tool[] => tools.flatMap((tool) => [tool, ...flat(tool.tools ?? [])]);
  const added = Array.isArray(request.input) ? request.input.flatMap((item) => item.tools ?? []) : [];
  return flat([...(request.tools ?? []), ...added]);
}

/** How Codex begins its request to sum up a conversation that is too long, or goes to another model. */
const compaction = /^You are performing a CONTEXT CHECKPOINT COMPACTION\b/;

/** True when the CLI itself wants the conversation summed up. */
export function asksForSummary({ input }: ResponsesRequest): boolean {
  const last = Array.isArray(input) ? input.at(-1) : undefined;
  return last?.role === 'user' && compaction.test(textOf(last.content ?? ''));
}

/** Reads the items of a request. Neighbours of one role become one turn. */
export function readTranscript(request: ResponsesRequest): Transcript {
  const turns: Turn[] = [];
  const items = typeof request.input === 'string' ? [{ role: 'user', content: request.input }] : (request.input ?? []);
  for (const item of items) {
    switch (item.type ?? 'message') {
      case 'message':
        if (item.role === 'assistant') assistantTurn(turns).text += textOf(item.content ?? '');
        else if (item.role === 'user') readUser(textOf(item.content ?? '').trim(), turns);
        break;
      case 'function_call':
      case 'custom_tool_call': {
        const input = item.arguments === undefined ? item.input : parsed(item.arguments);
        assistantTurn(turns).toolCalls.push({ callId: item.call_id ?? '', name: item.name ?? '', input });
        break;
      }
      case 'function_call_output':
      case 'custom_tool_call_output': {
        const { text, isError } = outputOf(item.output);
        userTurn(turns).results.push({ callId: item.call_id ?? '', text, isError });
        break;
      }
      case 'agent_message':
        readAgentMessage(item.content ?? '', turns);
        break;
      case 'reasoning':
        assistantTurn(turns);
    }
  }
  return { turns };
}

/** Right after the results of tools it was steered into the turn; without markers the script goes on, with them it starts its own. */
function readUser(text: string, turns: Turn[]): void {
  if (text === '') return;
  if (interruption.test(text)) {
    turns.push(emptyUser());
    return;
  }
  if (ownText.test(text)) return;
  const last = turns.at(-1);
  const steered = last?.role === 'user' && last.results.length > 0;
  const turn = userTurn(turns);
  (steered && parseScenario(text).outcome === 'plain' ? turn.continuations : turn.prompts).push(text);
}

/** Between agents: a new task is a prompt, anything else lets the script go on. */
function readAgentMessage(content: string | ContentPart[], turns: Turn[]): void {
  const said = typeof content === 'string' ? content : content.map((part) => part.encrypted_content ?? '').join('');
  const isTask = textOf(content).includes('Message Type: NEW_TASK');
  const turn = userTurn(turns);
  (isTask ? turn.prompts : turn.continuations).push(said || textOf(content));
}

function userTurn(turns: Turn[]): UserTurn {
  const last = turns.at(-1);
  if (last?.role === 'user') return last;
  const turn = emptyUser();
  turns.push(turn);
  return turn;
}

function emptyUser(): UserTurn {
  return { role: 'user', prompts: [], continuations: [], results: [] };
}

function assistantTurn(turns: Turn[]): Extract<Turn, { role: 'assistant' }> {
  const last = turns.at(-1);
  if (last?.role === 'assistant') return last;
  const turn = { role: 'assistant' as const, text: '', toolCalls: [] };
  turns.push(turn);
  return turn;
}

function outputOf(output: InputItem['output']): { text: string; isError: boolean } {
  if (output === undefined) return { text: '', isError: false };
  if (typeof output === 'string' || Array.isArray(output)) return { text: textOf(output), isError: false };
  return { text: output.content ?? '', isError: output.success === false };
}

function textOf(content: string | ContentPart[]): string {
  return typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
