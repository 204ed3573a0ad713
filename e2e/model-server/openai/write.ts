import type { ServerResponse } from 'node:http';
import type { ModelEvent } from '../play.ts';
import type { RequestOutcome } from '../request-log.ts';
import { writeSse } from '../sse.ts';
import { errorOf } from './errors.ts';

export interface AnswerHead {
  responseId: string;
  /** Makes an id for an output item. @param prefix - `rs`, `msg`, `fc`. */
  itemId: (prefix: string) => string;
  model: string;
  inputTokens: number;
  /** Tools whose input is plain text instead of JSON (`type: "custom"`). */
  freeform: ReadonlySet<string>;
}

interface StreamEvent {
  type: string;
  [field: string]: unknown;
}

interface OpenItem {
  item: { [field: string]: unknown };
  text: string;
  delta: (text: string) => StreamEvent | null;
  finish: (text: string) => { events: StreamEvent[]; item: object };
}

/**
 * Writes a streamed response: `response.created`, per item `response.output_item.added`, its deltas, `response.output_item.done`, and
 * `response.completed`. Format: https://platform.openai.com/docs/api-reference/responses-streaming. An error before the first item is an
 * HTTP error, later a `response.failed` event.
 */
export async function writeStream(
  response: ServerResponse,
  head: AnswerHead,
  events: AsyncIterable<ModelEvent>,
  signal: AbortSignal,
): Promise<RequestOutcome> {
  let sequence = 0;
  const send = (event: StreamEvent) =>
    writeSse(response, event.type, { ...event, sequence_number: sequence++ }, signal);
  const output: object[] = [];
  let open: OpenItem | null = null;
  const begin = async (item: OpenItem) => {
    if (sequence === 0) await send(created(head));
    open = item;
    await send({ type: 'response.output_item.added', output_index: output.length, item: item.item });
    if (item.item.type === 'reasoning') {
      await send({
        ...place(item),
        type: 'response.reasoning_summary_part.added',
        summary_index: 0,
        part: summary(''),
      });
    } else if (item.item.type === 'message') {
      await send({
        ...place(item),
        type: 'response.content_part.added',
        content_index: 0,
        part: outputText(''),
      });
    }
  };
  const place = ({ item }: OpenItem) => ({ item_id: item.id, output_index: output.length });
  for await (const event of events) {
    switch (event.type) {
      case 'thinking_start':
        await begin(reasoningItem(head.itemId('rs')));
        break;
      case 'text_start':
        await begin(messageItem(head.itemId('msg')));
        break;
      case 'tool_call_start':
        await begin(callItem(head, event.callId, event.name));
        break;
      case 'delta': {
        const item = open as OpenItem | null;
        if (item === null) break;
        item.text += event.text;
        const delta = item.delta(event.text);
        if (delta !== null) await send({ ...place(item), ...delta });
        break;
      }
      case 'block_end': {
        const item = open as OpenItem | null;
        if (item === null) break;
        const done = item.finish(item.text);
        for (const one of done.events) await send({ ...place(item), ...one });
        await send({ type: 'response.output_item.done', output_index: output.length, item: done.item });
        output.push(done.item);
        open = null;
        break;
      }
      case 'error': {
        const error = errorOf(event.status, event.details);
        if (response.headersSent) {
          await send({ type: 'response.failed', response: { ...body(head), status: 'failed', error } });
          response.end();
        } else sendJson(response, event.status, { error }, event.details.headers);
        return 'failed';
      }
      case 'cut':
        response.destroy();
        return 'cut';
      case 'truncate':
        response.end();
        return 'truncated';
      case 'end': {
        if (sequence === 0) await send(created(head));
        const reason = incomplete[event.stopReason];
        const usage = usageOf(head, event.outputTokens, event.usage);
        const status = reason === undefined ? 'completed' : 'incomplete';
        const details = reason === undefined ? {} : { incomplete_details: { reason } };
        await send({
          type: `response.${status}`,
          response: { ...body(head), status, output, usage, ...details },
        });
        response.end();
        return 'completed';
      }
    }
  }
  throw new Error('a scripted answer ended without an end event');
}

export function sendJson(
  response: ServerResponse,
  status: number,
  content: unknown,
  headers: { [name: string]: string } = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(content));
}

/** Stop reasons of a script that this API tells as an incomplete response. */
const incomplete: { readonly [stopReason: string]: string } = {
  max_tokens: 'max_output_tokens',
  refusal: 'content_filter',
};

const summary = (text: string) => ({ type: 'summary_text', text });
const outputText = (text: string) => ({ type: 'output_text', text, annotations: [] });
const body = (head: AnswerHead) => ({ id: head.responseId, object: 'response', model: head.model, output: [] });
const created = (head: AnswerHead) => ({
  type: 'response.created',
  response: { ...body(head), status: 'in_progress' },
});

function reasoningItem(id: string): OpenItem {
  const item = (texts: object[]) => ({ type: 'reasoning', id, summary: texts, encrypted_content: null });
  return {
    item: item([]),
    text: '',
    delta: (delta) => ({ type: 'response.reasoning_summary_text.delta', summary_index: 0, delta }),
    finish: (text) => ({
      events: [{ type: 'response.reasoning_summary_text.done', summary_index: 0, text }],
      item: item([summary(text)]),
    }),
  };
}

function messageItem(id: string): OpenItem {
  const item = (status: string, content: object[]) => ({ type: 'message', id, role: 'assistant', status, content });
  return {
    item: item('in_progress', []),
    text: '',
    delta: (delta) => ({ type: 'response.output_text.delta', content_index: 0, delta }),
    finish: (text) => ({
      events: [{ type: 'response.output_text.done', content_index: 0, text }],
      item: item('completed', [outputText(text)]),
    }),
  };
}

/** `namespace.tool` calls a tool of a namespace. A freeform tool gets the `input` of the script's JSON as its text; it comes in one piece. */
function callItem(head: AnswerHead, callId: string, given: string): OpenItem {
  const id = head.itemId('fc');
  const dot = given.lastIndexOf('.');
  const name = given.slice(dot + 1);
  const call = { id, call_id: `call_${callId}`, name, ...(dot > 0 ? { namespace: given.slice(0, dot) } : {}) };
  if (head.freeform.has(name)) {
    const item = (status: string, input: string) => ({ type: 'custom_tool_call', ...call, status, input });
    return {
      item: item('in_progress', ''),
      text: '',
      delta: () => null,
      finish: (text) => {
        const { input } = JSON.parse(text) as { input?: unknown };
        const plain = typeof input === 'string' ? input : text;
        return {
          events: [{ type: 'response.custom_tool_call_input.done', input: plain }],
          item: item('completed', plain),
        };
      },
    };
  }
  const item = (status: string, text: string) => ({ type: 'function_call', ...call, status, arguments: text });
  return {
    item: item('in_progress', ''),
    text: '',
    delta: (delta) => ({ type: 'response.function_call_arguments.delta', delta }),
    finish: (text) => ({
      events: [{ type: 'response.function_call_arguments.done', arguments: text }],
      item: item('completed', text),
    }),
  };
}

/** `cached_tokens` and `reasoning_tokens` of a script go to where this API has them. */
function usageOf(head: AnswerHead, outputTokens: number, script: { readonly [field: string]: number }): object {
  const { cached_tokens = 0, reasoning_tokens = 0, ...fields } = script;
  const usage = { input_tokens: head.inputTokens, output_tokens: outputTokens, ...fields };
  return {
    total_tokens: usage.input_tokens + usage.output_tokens,
    ...usage,
    input_tokens_details: { cached_tokens },
    output_tokens_details: { reasoning_tokens },
  };
}
