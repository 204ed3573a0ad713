import type { SessionId } from '../../main/protocol/ids.ts';
import type { Attachment } from '../../main/protocol/values.ts';
import type { Client, ConnectionView } from './client.ts';
import { newCommandId } from './command-id.ts';
import {
  isKept,
  type OutboxMessage,
  onSentElsewhere,
  outbox,
  patchOutbox,
  putInOutbox,
  takeFromOutbox,
} from './outbox.ts';

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
  // Its turn is asked for before any other page can hear of it.
  let settle = (): void => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  void alone(client, message, () => settled);
  putInOutbox(message);
  void deliver(client, message).then(settle);
}

/**
 * Sends what an earlier life of this page could not get confirmed, and from now on what another window or tab leaves when it goes; the same ids make it
 * count once.
 */
export function deliverOutbox(client: Client): void {
  const inherit = (message: OutboxMessage): void => {
    if (message.problem !== null) return;
    void alone(client, message, async () => {
      if (isKept(message.commandId)) await deliver(client, message);
    });
  };
  for (const message of outbox.getState()) inherit(message);
  onSentElsewhere(inherit);
}

/**
 * Has one page at a time see to a message: the next one gets its turn when that page is gone, which the browser tells, or is not let in any more. A page
 * over a network in clear has no locks; there each page sends it, and under one id it counts once all the same.
 */
async function alone(client: Client, { commandId }: OutboxMessage, act: () => Promise<void>): Promise<void> {
  if (typeof navigator === 'undefined' || !navigator.locks) return act();
  let shutOut = (): void => {};
  const left = new Promise<void>((resolve) => {
    shutOut = resolve;
  });
  const look = ({ link }: ConnectionView): void => {
    if (link.status === 'signed_out' || link.status === 'by_hand') shutOut();
  };
  const end = client.connection.subscribe(look);
  look(client.connection.getState());
  await navigator.locks.request(`quarterdeck-outbox-${commandId}`, () => Promise.race([act(), left]));
  end();
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
  // It came with another page, or with an earlier login of this one, which did not hear of it any more: the id was made for this message alone.
  if (!answer.ok && answer.problem.code === 'command_id_reused') takeFromOutbox(commandId);
  else if (!answer.ok) patchOutbox(commandId, { problem: answer.problem });
  else if (answer.value.turn_id) patchOutbox(commandId, { sentAs: { turnId: answer.value.turn_id } });
  else takeFromOutbox(commandId);
}
