import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ModelEvent } from './play.ts';
import type { RequestRecord } from './request-log.ts';
import type { Transcript } from './transcript.ts';

/** One request on its way through a door. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** The parsed JSON body; `null` without one. */
  body: unknown;
  record: RequestRecord;
  /** Aborted when the client is gone. */
  signal: AbortSignal;
  /** The scripted answer to a conversation. A mistake in a marker comes as an `error` event with status 400. */
  answer(transcript: Transcript, sessionId: string): AsyncGenerator<ModelEvent, void, undefined>;
}

/** One vendor's API. It reads requests into a transcript and writes model events in the vendor's words; it decides nothing. */
export interface Door {
  readonly name: string;
  accepts(method: string, path: string): boolean;
  handle(exchange: Exchange): Promise<void>;
}
