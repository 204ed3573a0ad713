import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../main/protocol/errors.ts';
import type { CommandId, SessionId } from '../../main/protocol/ids.ts';
import type { Attachment } from '../../main/protocol/values.ts';
import { recallJson, remember } from './storage.ts';

/** Words a person has sent which the gateway has not confirmed yet. They outlive a reload: sent again under the same id they count once. */
export interface OutboxMessage {
  readonly commandId: CommandId;
  readonly sessionId: SessionId;
  readonly text: string;
  /** Uploaded before; absent in what an older version of this page has left. */
  readonly attachments?: readonly Attachment[];
  readonly problem: Problem | null;
  /** Once confirmed: the turn it began. It stays until that can be seen. */
  readonly sentAs: { readonly turnId: string } | null;
}

const key = 'outbox';
const isMessages = (value: unknown): value is OutboxMessage[] =>
  Array.isArray(value) && value.every((one) => typeof one?.commandId === 'string' && typeof one?.text === 'string');

export const outbox = createStore<readonly OutboxMessage[]>(() => recallJson(key, isMessages) ?? []);

outbox.subscribe((messages) => {
  const unconfirmed = messages.filter((message) => message.sentAs === null);
  remember(key, unconfirmed.length > 0 ? JSON.stringify(unconfirmed) : null);
});

export function putInOutbox(message: OutboxMessage): void {
  outbox.setState([...outbox.getState(), message], true);
}

export function patchOutbox(commandId: CommandId, patch: Partial<OutboxMessage>): void {
  outbox.setState(
    outbox.getState().map((message) => (message.commandId === commandId ? { ...message, ...patch } : message)),
    true,
  );
}

export function takeFromOutbox(commandId: CommandId): void {
  outbox.setState(
    outbox.getState().filter((message) => message.commandId !== commandId),
    true,
  );
}
