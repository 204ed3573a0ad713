import type { CommandId } from '../../main/protocol/ids.ts';

/** A fresh id of a command: 128 random bits. (`crypto.randomUUID` is missing where a page is not a secure context.) */
export function newCommandId(): CommandId {
  let id = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += byte.toString(16).padStart(2, '0');
  return id as CommandId;
}
