import { randomUUID } from 'node:crypto';
import type { Door, Exchange } from '../door.ts';
import { type MessagesRequest, readSessionId, readTranscript } from './read.ts';
import { isSideRequest, sideAnswer } from './side-answer.ts';
import { type AnswerHead, sendJson, writeStream, writeWhole } from './write.ts';

/** The Messages API as Claude Code uses it: `HEAD /`, `POST /v1/messages`, `POST /v1/messages/count_tokens`. */
export const anthropicDoor: Door = {
  name: 'anthropic',
  accepts: (method, path) => (method === 'HEAD' && path === '/') || path.startsWith('/v1/messages'),
  handle,
};

async function handle(exchange: Exchange): Promise<void> {
  const { response, url, record, signal } = exchange;
  if (url.pathname === '/') {
    record.kind = 'probe';
    response.writeHead(200).end();
    return;
  }
  const request = (exchange.body ?? {}) as MessagesRequest;
  record.model = request.model ?? null;
  record.sessionId = readSessionId(request);
  const inputTokens = estimateTokens(request);
  if (url.pathname === '/v1/messages/count_tokens') {
    record.kind = 'count_tokens';
    sendJson(response, 200, { input_tokens: inputTokens });
    return;
  }
  const requestId = `req_${shortId()}`;
  response.setHeader('request-id', requestId);
  const head: AnswerHead = {
    messageId: `msg_${shortId()}`,
    requestId,
    model: request.model ?? 'scripted',
    inputTokens,
  };
  record.streaming = request.stream === true;
  const isSide = isSideRequest(request);
  record.kind = isSide ? 'side' : 'conversation';
  record.transcript = isSide ? null : readTranscript(request);
  const events =
    record.transcript === null
      ? sideAnswer(request)
      : exchange.answer(record.transcript, record.sessionId ?? 'no session');
  record.outcome = record.streaming
    ? await writeStream(response, head, events, signal)
    : await writeWhole(response, head, events);
}

/** About four characters a token: good enough for a usage display that must not be zero. */
function estimateTokens(request: MessagesRequest): number {
  return Math.ceil(JSON.stringify([request.system, request.messages, request.tools]).length / 4);
}

function shortId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 20);
}
