import type { SessionId } from '../../main/protocol/ids.ts';
import type { Attachment } from '../../main/protocol/values.ts';
import type { Client } from './client.ts';
import { newCommandId } from './command-id.ts';
import { type OutboxMessage, outbox, patchOutbox, putInOutbox, takeFromOutbox } from './outbox.ts';

/** Sends words to a session. Until the gateway has confirmed them they are kept and shown as waiting. */
export function sendMessage(
  client: Client,
  sessionId: SessionId,
  text: string,
  attachments: readonly Attachment[] = [],
): void {
  const message: OutboxMessage = {
    commandId: newCommandId(),
    sessionId,
    text,
    attachments,
    problem: null,
    sentAs: null,
  };
  putInOutbox(message);
  void deliver(client, message);
}

/** Sends again what an earlier life of this page could not get confirmed; the same ids make it count once. */
export function deliverOutbox(client: Client): void {
  for (const message of outbox.getState()) if (message.problem === null) void deliver(client, message);
}

async function deliver(client: Client, { commandId, sessionId, text, attachments }: OutboxMessage): Promise<void> {
  const answer = await client.request<{ turn_id?: string; queue_id?: string }>(
    {
      type: 'message',
      session_id: sessionId,
      text,
      attachments: attachments && attachments.length > 0 ? [...attachments] : undefined,
    },
    commandId,
  );
  if (!answer.ok) patchOutbox(commandId, { problem: answer.problem });
  else if (answer.value.turn_id) patchOutbox(commandId, { sentAs: { turnId: answer.value.turn_id } });
  else takeFromOutbox(commandId);
}
