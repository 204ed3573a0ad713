import { randomUUID } from 'node:crypto';
import type { Door, Exchange } from '../door.ts';
import type { ModelEvent } from '../play.ts';
import { asksForSummary, offeredTools, type ResponsesRequest, readTranscript } from './read.ts';
import { type AnswerHead, sendJson, writeStream } from './write.ts';

/** The Responses API as Codex uses it: `POST /v1/responses` (streamed), `GET /v1/models`; its try for a WebSocket is refused at once. */
export const openaiDoor: Door = {
  name: 'openai',
  accepts: (_method, path) => path === '/v1/responses' || path === '/v1/models',
  handle,
};

async function handle(exchange: Exchange): Promise<void> {
  const { request, response, url, record, signal } = exchange;
  if (request.method !== 'POST') {
    record.kind = 'probe';
    if (url.pathname === '/v1/models') sendJson(response, 200, { object: 'list', data: [], models: [] });
    else response.writeHead(426).end();
    return;
  }
  const body = (exchange.body ?? {}) as ResponsesRequest;
  record.model = body.model ?? null;
  record.sessionId = body.prompt_cache_key ?? null;
  record.streaming = body.stream === true;
  // Without tools, or for a summary, it asks for itself; then no script is run, although its markers may stand in the request.
  const tools = offeredTools(body);
  const isSide = tools.length === 0 || asksForSummary(body);
  record.kind = isSide ? 'side' : 'conversation';
  record.transcript = isSide ? null : readTranscript(body);
  const head: AnswerHead = {
    responseId: `resp_${shortId()}`,
    itemId: (prefix) => `${prefix}_${shortId()}`,
    model: body.model ?? 'scripted',
    inputTokens: estimateTokens(body),
    freeform: new Set(tools.flatMap((tool) => (tool.type === 'custom' && tool.name ? [tool.name] : []))),
  };
  const events =
    record.transcript === null ? sideAnswer() : exchange.answer(record.transcript, record.sessionId ?? 'no session');
  record.outcome = await writeStream(response, head, events, signal);
}

async function* sideAnswer(): AsyncGenerator<ModelEvent, void, undefined> {
  yield { type: 'text_start' };
  yield { type: 'delta', text: 'Scripted' };
  yield { type: 'block_end' };
  yield { type: 'end', stopReason: 'end_turn', outputTokens: 1, usage: {} };
}

/** About four characters a token: good enough for a usage display that must not be zero. */
function estimateTokens(body: ResponsesRequest): number {
  return Math.ceil(JSON.stringify([body.instructions, body.input, body.tools]).length / 4);
}

function shortId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 20);
}
