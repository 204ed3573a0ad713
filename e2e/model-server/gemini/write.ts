import type { ServerResponse } from 'node:http';
import type { ModelEvent } from '../play.ts';
import type { RequestOutcome } from '../request-log.ts';
import type { ErrorDetails } from '../scenario.ts';
import { writeSse } from '../sse.ts';

export interface AnswerHead {
  responseId: string;
  model: string;
  inputTokens: number;
}

type Events = AsyncIterable<ModelEvent>;

/**
 * Writes a streamed answer: one `GenerateContentResponse` a delta, the last one with `finishReason` and `usageMetadata`. A function call comes
 * whole, in one part. Format: https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent (`alt=sse`).
 */
export async function writeStream(
  response: ServerResponse,
  head: AnswerHead,
  events: Events,
  signal: AbortSignal,
): Promise<RequestOutcome> {
  const send = (parts: object[], more: object = {}, usage: object = {}) =>
    writeSse(response, null, { ...chunkOf(head, parts, more), ...usage }, signal);
  const block = createBlock();
  for await (const event of events) {
    switch (event.type) {
      case 'error':
        if (response.headersSent) await writeSse(response, null, errorBody(event.status, event.details), signal);
        if (response.headersSent) response.end();
        else sendError(response, event.status, event.details);
        return 'failed';
      case 'cut':
        response.destroy();
        return 'cut';
      case 'truncate':
        if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end();
        return 'truncated';
      case 'end':
        await send([], { finishReason: finishReason(event.stopReason) }, usageOf(head, event));
        response.end();
        return 'completed';
      default: {
        const part = block(event);
        if (part !== null) await send([part]);
      }
    }
  }
  throw new Error('a scripted answer ended without an end event');
}

/** Writes the same answer as one response, for `generateContent`. */
export async function writeWhole(response: ServerResponse, head: AnswerHead, events: Events): Promise<RequestOutcome> {
  const parts: object[] = [];
  const block = createBlock();
  for await (const event of events) {
    switch (event.type) {
      case 'error':
        sendError(response, event.status, event.details);
        return 'failed';
      case 'cut':
      case 'truncate':
        response.destroy();
        return 'cut';
      case 'end':
        sendJson(response, 200, {
          ...chunkOf(head, parts, { finishReason: finishReason(event.stopReason) }),
          ...usageOf(head, event),
        });
        return 'completed';
      default: {
        const part = block(event);
        if (part !== null) parts.push(part);
      }
    }
  }
  throw new Error('a scripted answer ended without an end event');
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

type BlockEvent = Exclude<ModelEvent, { type: 'error' | 'cut' | 'truncate' | 'end' }>;

/** Puts the events of blocks into parts, in order; null where an event makes none. Thoughts come with a subject, as summaries of the real ones do. */
function createBlock(): (event: BlockEvent) => object | null {
  let kind: 'text' | 'thought' | 'call' = 'text';
  let call = { id: '', name: '' };
  let input = '';
  return (event) => {
    switch (event.type) {
      case 'thinking_start':
        kind = 'thought';
        return null;
      case 'text_start':
        kind = 'text';
        return null;
      case 'tool_call_start':
        kind = 'call';
        call = { id: event.callId, name: event.name };
        input = '';
        return null;
      case 'delta':
        if (kind === 'call') input += event.text;
        else if (kind === 'thought') return { text: `**Thinking** ${event.text}`, thought: true };
        else return { text: event.text };
        return null;
      case 'block_end':
        return kind === 'call'
          ? { functionCall: { ...call, args: JSON.parse(input) }, thoughtSignature: 'c2NyaXB0ZWQ=' }
          : null;
    }
  };
}

function chunkOf(head: AnswerHead, parts: object[], more: object): object {
  return {
    candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
    modelVersion: head.model,
    responseId: head.responseId,
  };
}

function usageOf(head: AnswerHead, { outputTokens, usage }: Extract<ModelEvent, { type: 'end' }>): object {
  const candidatesTokenCount = Math.max(1, outputTokens);
  return {
    usageMetadata: {
      promptTokenCount: head.inputTokens,
      candidatesTokenCount,
      totalTokenCount: head.inputTokens + candidatesTokenCount,
      ...usage,
    },
  };
}

/** Stop reasons of the scripts in Google's words; one that is Google's own goes through. */
function finishReason(reason: string): string {
  const known: { readonly [reason: string]: string } = {
    end_turn: 'STOP',
    tool_use: 'STOP',
    max_tokens: 'MAX_TOKENS',
    refusal: 'SAFETY',
  };
  return known[reason] ?? reason;
}

/** https://cloud.google.com/apis/design/errors#handling_errors */
const statusNames: { readonly [status: number]: string } = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

function errorBody(code: number, { type, message }: ErrorDetails): object {
  const status = type ?? statusNames[code] ?? 'UNKNOWN';
  return { error: { code, message: message ?? `Scripted ${code}`, status } };
}

function sendError(response: ServerResponse, status: number, details: ErrorDetails): void {
  sendJson(response, status, errorBody(status, details), details.headers);
}
