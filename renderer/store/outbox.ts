import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../main/protocol/errors.ts';
import type { CommandId, SessionId } from '../../main/protocol/ids.ts';
import type { Attachment } from '../../main/protocol/values.ts';
import { onRememberedElsewhere, recallJson, recallKeys, remember } from './storage.ts';

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
  /** When it was sent, by the clock of this machine, a millisecond after the one before it at least; absent in what an older version has left. */
  readonly at?: number;
}

/** Each has a key of its own, so that no window or tab writes over what another one keeps. */
const beginning = 'outbox.';
const keyOf = (commandId: CommandId): string => beginning + commandId;
/** Where older versions kept all of them together. */
const oldKey = 'outbox';

const isMessage = (value: unknown): value is OutboxMessage =>
  typeof (value as OutboxMessage | null)?.commandId === 'string' &&
  typeof (value as OutboxMessage | null)?.text === 'string';
const isMessages = (value: unknown): value is OutboxMessage[] => Array.isArray(value) && value.every(isMessage);
const inOrder = (messages: readonly OutboxMessage[]): OutboxMessage[] =>
  messages.toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0));

function keep(message: OutboxMessage): void {
  remember(keyOf(message.commandId), message.sentAs === null ? JSON.stringify(message) : null);
}

function recallOutbox(): OutboxMessage[] {
  for (const message of recallJson(oldKey, isMessages) ?? []) keep(message);
  remember(oldKey, null);
  return inOrder(recallKeys(beginning).flatMap((key) => recallJson(key, isMessage) ?? []));
}

export const outbox = createStore<readonly OutboxMessage[]>(recallOutbox);

/** Whether it still waits, here or in another window or tab. */
export const isKept = (commandId: CommandId): boolean => recallJson(keyOf(commandId), isMessage)?.problem === null;

const newcomers = new Set<(message: OutboxMessage) => void>();

/** Tells of what another window or tab of this client has sent, and may not live to see confirmed. */
export function onSentElsewhere(listener: (message: OutboxMessage) => void): void {
  newcomers.add(listener);
}

onRememberedElsewhere(beginning, (key) => {
  const commandId = key.slice(beginning.length) as CommandId;
  const message = recallJson(key, isMessage);
  const known = outbox.getState().find((one) => one.commandId === commandId);
  if (message === null) {
    // Confirmed there, or taken back. What this page knows the turn of is shown until that can be seen.
    if (known?.sentAs === null) drop(commandId);
  } else if (known) patch(commandId, { problem: message.problem });
  else {
    outbox.setState(inOrder([...outbox.getState(), message]), true);
    for (const listener of newcomers) listener(message);
  }
});

export function putInOutbox(message: OutboxMessage): void {
  const last = Math.max(0, ...outbox.getState().map(({ at = 0 }) => at));
  const stamped = { ...message, at: Math.max(Date.now(), last + 1) };
  outbox.setState([...outbox.getState(), stamped], true);
  keep(stamped);
}

export function patchOutbox(commandId: CommandId, change: Partial<OutboxMessage>): void {
  patch(commandId, change);
  const message = outbox.getState().find((one) => one.commandId === commandId);
  if (message) keep(message);
}

export function takeFromOutbox(commandId: CommandId): void {
  drop(commandId);
  remember(keyOf(commandId), null);
}

function patch(commandId: CommandId, change: Partial<OutboxMessage>): void {
  outbox.setState(
    outbox.getState().map((message) => (message.commandId === commandId ? { ...message, ...change } : message)),
    true,
  );
}

function drop(commandId: CommandId): void {
  outbox.setState(
    outbox.getState().filter((message) => message.commandId !== commandId),
    true,
  );
}
