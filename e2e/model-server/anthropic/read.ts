import { parseScenario } from '../parse-scenario.ts';
import type { AssistantTurn, Transcript, Turn, UserTurn } from '../transcript.ts';

/** The parts of a Messages API request that the server looks at (https://docs.claude.com/en/api/messages). */
export interface MessagesRequest {
  model?: string;
  stream?: boolean;
  system?: string | ContentBlock[];
  messages?: { role: string; content: string | ContentBlock[] }[];
  tools?: unknown[];
  metadata?: { user_id?: string };
  output_config?: { format?: { schema?: JsonSchema } };
}

/** The part of JSON Schema that `side-answer.ts` fills in. */
export interface JsonSchema {
  type?: string;
  properties?: { [name: string]: JsonSchema };
  enum?: unknown[];
}

export interface ContentBlock {
  type: string;
  text?: string;
  id?: string;
  name?: string;
  input?: unknown;
  tool_use_id?: string;
  content?: string | ContentBlock[];
  is_error?: boolean;
}

/** Texts that Claude Code itself puts into a user message (seen with 2.1.328). */
const reminder = /<system-reminder>[\s\S]*?<\/system-reminder>/g;
const interruption = /^\[Request interrupted by user(?: for tool use)?\]$/;
/** Where the CLI keeps an image that the person attached; it says so beside the image. */
const imageNote = /^\[Image: (?:source|original)[^\]]*\]$/;
/** How the CLI asks for a summary of the conversation (`/compact`, or by itself). */
const summaryRequest = /^CRITICAL: Respond with TEXT ONLY\. Do NOT call any tools\./;
/** A message that the person sent during a running turn: a message of role `system`, or inside a reminder, depending on the model. */
const steered = /The user sent a new message while you were working:\n([\s\S]*?)\n\n(?:This is how|IMPORTANT:)/;
const ownFollowUps = [
  /^Your response above was cut off mid-stream\./,
  /^Output token limit hit\. Resume directly/,
  /^Your response above was stopped by a safety classifier/,
];

/** Reads the messages of a request. Neighbours of one role become one turn. */
export function readTranscript(request: MessagesRequest): Transcript {
  const turns: Turn[] = [];
  for (const message of request.messages ?? []) {
    const blocks = blocksOf(message.content);
    const last = turns.at(-1);
    if (message.role === 'assistant') {
      const turn = readAssistant(blocks);
      if (last?.role === 'assistant') {
        last.text += turn.text;
        last.toolCalls.push(...turn.toolCalls);
      } else {
        turns.push(turn);
      }
    } else if (message.role === 'user') {
      const turn = readUser(blocks);
      if (last?.role === 'user') {
        last.prompts.push(...turn.prompts);
        last.continuations.push(...turn.continuations);
        last.results.push(...turn.results);
      } else {
        turns.push(turn);
      }
    } else if (message.role === 'system' && last?.role === 'user') {
      const steer = steered.exec(textOf(blocks))?.[1];
      if (steer !== undefined) (hasMarkers(steer) ? last.prompts : last.continuations).push(steer);
    }
  }
  return { turns };
}

/** `{"session_id":…}` inside `metadata.user_id`, as Claude Code sends it. */
export function readSessionId(request: MessagesRequest): string | null {
  const userId = request.metadata?.user_id ?? '';
  return /"session_id":"([^"]+)"/.exec(userId)?.[1] ?? /session_([0-9a-f-]{36})/.exec(userId)?.[1] ?? null;
}

/** Whether the CLI asks for a summary to go on from. */
export function asksForSummary(request: MessagesRequest): boolean {
  const last = request.messages?.findLast((message) => message.role === 'user');
  return last !== undefined && blocksOf(last.content).some((block) => summaryRequest.test(block.text?.trim() ?? ''));
}

function readAssistant(blocks: ContentBlock[]): AssistantTurn {
  return {
    role: 'assistant',
    text: textOf(blocks),
    toolCalls: blocks
      .filter((block) => block.type === 'tool_use')
      .map((block) => ({ callId: block.id ?? '', name: block.name ?? '', input: block.input })),
  };
}

function readUser(blocks: ContentBlock[]): UserTurn {
  const prompts: string[] = [];
  const continuations: string[] = [];
  for (const block of blocks.filter(({ type }) => type === 'text')) {
    const text = block.text ?? '';
    const steer = steered.exec(text)?.[1];
    const written = (steer ?? text.replace(reminder, '')).trim();
    if (written === '' || interruption.test(written) || imageNote.test(written)) continue;
    const goesOn = steer === undefined ? ownFollowUps.some((followUp) => followUp.test(written)) : !hasMarkers(steer);
    (goesOn ? continuations : prompts).push(written);
  }
  return {
    role: 'user',
    prompts,
    continuations,
    results: blocks
      .filter((block) => block.type === 'tool_result')
      .map((block) => ({
        callId: block.tool_use_id ?? '',
        text: textOf(blocksOf(block.content ?? '')),
        isError: block.is_error === true,
      })),
  };
}

function hasMarkers(text: string): boolean {
  return parseScenario(text).outcome !== 'plain';
}

function textOf(blocks: ContentBlock[]): string {
  return blocks.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('');
}

function blocksOf(content: string | ContentBlock[]): ContentBlock[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}
