import { parseScenario } from '../parse-scenario.ts';
import type { AssistantTurn, Transcript, Turn, UserTurn } from '../transcript.ts';

/** The parts of a `generateContent` request that the server looks at (https://ai.google.dev/api/generate-content). */
export interface GenerateRequest {
  contents?: { role?: string; parts?: Part[] }[];
  systemInstruction?: unknown;
  tools?: unknown[];
  generationConfig?: { responseSchema?: JsonSchema; responseJsonSchema?: JsonSchema };
}

/** The part of JSON Schema, and of Google's own, that `side-answer.ts` fills in. */
export interface JsonSchema {
  type?: string;
  properties?: { [name: string]: JsonSchema };
  enum?: unknown[];
}

export interface Part {
  text?: string;
  thought?: boolean;
  functionCall?: { id?: string; name?: string; args?: unknown };
  functionResponse?: { id?: string; name?: string; response?: { [name: string]: unknown } };
}

/** What Gemini CLI itself puts into a message of the user (seen with 0.61.0). */
const ownText = [
  /^<session_context>/,
  /^This is the Gemini CLI\./,
  /^Please continue\.?$/,
  /^System: /,
  /^<(?:user_)?memory/,
  /^<hook_context>/,
];

/** Reads the contents of a request. Neighbours of one role become one turn. */
export function readTranscript(request: GenerateRequest): Transcript {
  const turns: Turn[] = [];
  for (const { role, parts = [] } of request.contents ?? []) {
    const last = turns.at(-1);
    if (role === 'model') {
      const turn = readModel(parts);
      if (last?.role === 'assistant') {
        last.text += turn.text;
        last.toolCalls.push(...turn.toolCalls);
      } else turns.push(turn);
    } else {
      const turn = readUser(parts);
      if (last?.role === 'user') {
        last.prompts.push(...turn.prompts);
        last.continuations.push(...turn.continuations);
        last.results.push(...turn.results);
      } else turns.push(turn);
    }
  }
  return { turns };
}

function readModel(parts: readonly Part[]): AssistantTurn {
  return {
    role: 'assistant',
    text: parts.map((part) => (part.thought === true ? '' : (part.text ?? ''))).join(''),
    toolCalls: parts.flatMap(({ functionCall: call }) =>
      call === undefined ? [] : [{ callId: call.id ?? '', name: call.name ?? '', input: call.args }],
    ),
  };
}

function readUser(parts: readonly Part[]): UserTurn {
  const prompts: string[] = [];
  const continuations: string[] = [];
  for (const { text } of parts) {
    const written = (text ?? '').trim();
    if (written === '') continue;
    const isOwn = ownText.some((own) => own.test(written)) && parseScenario(written).outcome === 'plain';
    (isOwn ? continuations : prompts).push(written);
  }
  return {
    role: 'user',
    prompts,
    continuations,
    results: parts.flatMap(({ functionResponse: response }) =>
      response === undefined ? [] : [{ callId: response.id ?? '', ...resultOf(response.response ?? {}) }],
    ),
  };
}

/** `{output: "…"}` or `{error: "…"}`, as the CLI writes them. */
function resultOf(response: { [name: string]: unknown }): { text: string; isError: boolean } {
  const { output, error } = response;
  if (typeof error === 'string') return { text: error, isError: true };
  return { text: typeof output === 'string' ? output : JSON.stringify(response), isError: false };
}
