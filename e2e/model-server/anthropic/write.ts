import type { ServerResponse } from 'node:http';
import type { ModelEvent } from '../play.ts';
import type { RequestOutcome } from '../request-log.ts';
import { writeSse } from '../sse.ts';
import { errorBody } from './errors.ts';

export interface AnswerHead {
  messageId: string;
  requestId: string;
  model: string;
  inputTokens: number;
}

type Events = AsyncIterable<ModelEvent>;

/**
 * Writes a streamed message: `message_start`, per block `content_block_start`/`_delta`/`_stop`, `message_delta`, `message_stop`.
 * Format: https://docs.claude.com/en/docs/build-with-claude/streaming. An error before the first block is an HTTP error, later an `error` event.
 */
export async function writeStream(
  response: ServerResponse,
  head: AnswerHead,
  events: Events,
  signal: AbortSignal,
): Promise<RequestOutcome> {
  const send = (type: string, fields: object) => writeSse(response, type, { type, ...fields }, signal);
  let index = -1;
  let deltaOf: (text: string) => object = () => ({});
  let isThinking = false;
  const startBlock = async (contentBlock: object) => {
    if (index < 0) {
      await send('message_start', { message: messageOf(head, [], null, usageOf(head, 1)) });
      await send('ping', {});
    }
    index += 1;
    await send('content_block_start', { index, content_block: contentBlock });
  };
  for await (const event of events) {
    switch (event.type) {
      case 'thinking_start':
        isThinking = true;
        deltaOf = (text) => ({ type: 'thinking_delta', thinking: text });
        await startBlock({ type: 'thinking', thinking: '', signature: '' });
        break;
      case 'text_start':
        deltaOf = (text) => ({ type: 'text_delta', text });
        await startBlock({ type: 'text', text: '' });
        break;
      case 'tool_call_start':
        deltaOf = (text) => ({ type: 'input_json_delta', partial_json: text });
        await startBlock({ type: 'tool_use', id: toolUseId(event.callId), name: event.name, input: {} });
        break;
      case 'delta':
        await send('content_block_delta', { index, delta: deltaOf(event.text) });
        break;
      case 'block_end':
        if (isThinking) await send('content_block_delta', { index, delta: { type: 'signature_delta', signature } });
        isThinking = false;
        await send('content_block_stop', { index });
        break;
      case 'error':
        if (!response.headersSent) {
          sendError(response, event.status, event.details, head.requestId);
        } else {
          await writeSse(response, 'error', errorBody(event.status, event.details, head.requestId), signal);
          response.end();
        }
        return 'failed';
      case 'cut':
        response.destroy();
        return 'cut';
      case 'truncate':
        response.end();
        return 'truncated';
      case 'end':
        if (index < 0) await send('message_start', { message: messageOf(head, [], null, usageOf(head, 1)) });
        await send('message_delta', {
          delta: { stop_reason: event.stopReason, stop_sequence: null },
          usage: { ...usageOf(head, event.outputTokens), ...event.usage },
        });
        await send('message_stop', {});
        response.end();
        return 'completed';
    }
  }
  throw new Error('a scripted answer ended without an end event');
}

/** Writes the same answer as one JSON message, for a request without `stream: true`. */
export async function writeWhole(response: ServerResponse, head: AnswerHead, events: Events): Promise<RequestOutcome> {
  const content: { [field: string]: unknown }[] = [];
  let text = '';
  for await (const event of events) {
    switch (event.type) {
      case 'thinking_start':
        content.push({ type: 'thinking', signature });
        break;
      case 'text_start':
        content.push({ type: 'text' });
        break;
      case 'tool_call_start':
        content.push({ type: 'tool_use', id: toolUseId(event.callId), name: event.name });
        break;
      case 'delta':
        text += event.text;
        break;
      case 'block_end': {
        const block = content.at(-1) ?? {};
        if (block.type === 'tool_use') block.input = JSON.parse(text);
        else block[block.type as string] = text;
        text = '';
        break;
      }
      case 'error':
        sendError(response, event.status, event.details, head.requestId);
        return 'failed';
      case 'cut':
      case 'truncate':
        response.destroy();
        return 'cut';
      case 'end':
        sendJson(
          response,
          200,
          messageOf(head, content, event.stopReason, { ...usageOf(head, event.outputTokens), ...event.usage }),
        );
        return 'completed';
    }
  }
  throw new Error('a scripted answer ended without an end event');
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: { [name: string]: string } = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function sendError(
  response: ServerResponse,
  status: number,
  details: Parameters<typeof errorBody>[1],
  requestId: string,
): void {
  sendJson(response, status, errorBody(status, details, requestId), details.headers);
}

/** Clients pass the signature back unread; it only has to be there. */
const signature = 'c2NyaXB0ZWQtbW9kZWwtc2VydmVy';

function toolUseId(callId: string): string {
  return `toolu_${callId}`;
}

function messageOf(head: AnswerHead, content: unknown[], stopReason: string | null, usage: object): object {
  return {
    id: head.messageId,
    type: 'message',
    role: 'assistant',
    model: head.model,
    content,
    stop_reason: stopReason,
    stop_sequence: null,
    usage,
  };
}

function usageOf(head: AnswerHead, outputTokens: number): { [field: string]: number } {
  return {
    input_tokens: head.inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: Math.max(1, outputTokens),
  };
}
