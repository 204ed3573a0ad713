import { randomUUID } from 'node:crypto';
import type { Door, Exchange } from '../door.ts';
import { type GenerateRequest, readTranscript } from './read.ts';
import { isSideRequest, sideAnswer } from './side-answer.ts';
import { type AnswerHead, sendJson, writeStream, writeWhole } from './write.ts';

const route = /^\/v1(?:beta|alpha)?\/models\/([^/:]+):(generateContent|streamGenerateContent|countTokens)$/;

/** The Gemini API as Gemini CLI uses it: `POST /v1beta/models/MODEL:streamGenerateContent`, `:generateContent` and `:countTokens`. */
export const geminiDoor: Door = {
  name: 'gemini',
  accepts: (method, path) => method === 'POST' && route.test(decodeURIComponent(path)),
  handle,
};

async function handle(exchange: Exchange): Promise<void> {
  const { response, url, record, signal } = exchange;
  const [, model = 'scripted', method] = route.exec(decodeURIComponent(url.pathname)) ?? [];
  const request = (exchange.body ?? {}) as GenerateRequest;
  record.model = model;
  const inputTokens = estimateTokens(request);
  if (method === 'countTokens') {
    record.kind = 'count_tokens';
    sendJson(response, 200, { totalTokens: inputTokens });
    return;
  }
  record.streaming = method === 'streamGenerateContent';
  const isSide = isSideRequest(request);
  record.kind = isSide ? 'side' : 'conversation';
  record.transcript = isSide ? null : readTranscript(request);
  // The API has no sessions; the CLI names its own in a header where it does.
  record.sessionId = record.headers['x-gemini-session-id'] ?? null;
  const head: AnswerHead = { responseId: randomUUID(), model, inputTokens };
  const events =
    record.transcript === null
      ? sideAnswer(request)
      : exchange.answer(record.transcript, record.sessionId ?? 'no session');
  record.outcome = record.streaming
    ? await writeStream(response, head, events, signal)
    : await writeWhole(response, head, events);
}

/** About four characters a token: good enough for a usage display that must not be zero. */
function estimateTokens(request: GenerateRequest): number {
  return Math.ceil(JSON.stringify([request.systemInstruction, request.contents, request.tools]).length / 4);
}
