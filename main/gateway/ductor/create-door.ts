import { createHash } from 'node:crypto';
import type { WebSocket } from 'ws';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { Principal } from '../../orchestrator/ports.ts';
import type { SessionId } from '../../protocol/ids.ts';
import type { SealedCredentials } from '../../security/sealed-credentials.ts';
import type { OpenConnections } from '../open-connection.ts';
import { DuctorBox, readBase64 } from './box.ts';
import type { ChatSessions } from './chat-session.ts';
import { DuctorConnection, type DuctorConnectionDeps } from './connection.ts';
import type { AboutClient, DuctorDoor } from './door.ts';
import { readHello } from './hello.ts';

/** Which session each chat is; kept over restarts. */
export interface ChatStore {
  get(chat: { holder: string; chat_id: number; channel_id: number | null }): SessionId | null;
  set(chat: { holder: string; chat_id: number; channel_id: number | null }, session_id: SessionId): void;
}

export interface DuctorDoorDeps extends Omit<DuctorConnectionDeps, 'chats'> {
  store: ChatStore;
  /** An API key, or the owner's token; compared in constant time. */
  key: SealedCredentials['key'];
  /** A sign-in from this address failed. @returns milliseconds to wait, 0 while there were few. */
  failed(address: string): number;
  /** Where open connections are kept: for revoking, for the heartbeat, and so that there are not too many. */
  connections: OpenConnections;
}

/** The door for ductor's clients. */
export function createDuctorDoor(deps: DuctorDoorDeps): DuctorDoor {
  const clients = new Set<DuctorConnection>();
  const opening = new Map<string, Promise<unknown>>();

  const refuse = (socket: WebSocket, code: string, message: string) => {
    socket.send(JSON.stringify({ type: 'error', code, message }));
    socket.close(1000, code);
    const cancel = deps.clock.after(1_000, () => socket.terminate());
    socket.once('close', cancel);
  };

  const chatsOf = (principal: Principal, chat_id: number, channel_id: number | null): ChatSessions => {
    const chat = { holder: holderOf(principal), chat_id, channel_id };
    const name = canonicalJson(chat);
    return {
      get: () => deps.store.get(chat),
      set: (session_id) => deps.store.set(chat, session_id),
      async alone(work) {
        const before = opening.get(name);
        const mine = (async () => {
          await before?.catch(() => {});
          return work();
        })();
        opening.set(name, mine);
        try {
          return await mine;
        } finally {
          if (opening.get(name) === mine) opening.delete(name);
        }
      },
    };
  };

  return {
    clients,

    accept(socket, firstFrame, about) {
      const hello = readHello(firstFrame);
      if (hello === null) {
        refuse(socket, 'auth_required', 'The first frame has to be {"type":"auth","token":"…","e2e_pk":"…"}.');
        return;
      }
      if (!about.link.private && !deps.allowedOnLan()) {
        // Whether the token is a good one is not told to whoever may have read it.
        refuse(socket, 'auth_failed', offOnLan);
        return;
      }
      const found = deps.key(hello.token, about.seen);
      if (!found.ok) {
        const waitMs = deps.failed(about.seen.address);
        const wait = waitMs > 0 ? ` Too many sign-ins failed: wait ${Math.ceil(waitMs / 1000)} s.` : '';
        refuse(socket, 'auth_failed', `The token is not valid, or was revoked, or has expired.${wait}`);
        return;
      }
      const peer = typeof hello.e2e_pk === 'string' && hello.e2e_pk.length <= 100 ? readBase64(hello.e2e_pk) : null;
      const box = peer && DuctorBox.with(peer);
      if (!box) {
        refuse(socket, 'auth_failed', '"e2e_pk" has to be a Curve25519 public key: 32 bytes in base64.');
        return;
      }
      const principal: Principal = { ...found.principal, actor: { ...found.principal.actor, via: 'ductor' } };
      const who = { principal, expiresAt: found.expiresAt, hello, box, about };
      const chats = chatsOf(principal, hello.chat_id, hello.channel_id);
      try {
        let forget: (() => void) | null = null;
        const client: DuctorConnection = new DuctorConnection(socket, who, { ...deps, chats }, () => {
          clients.delete(client);
          forget?.();
        });
        forget = deps.connections.add(client);
        if (forget) clients.add(client);
        else client.close('overloaded', 'Too many clients are connected.');
      } catch (error) {
        deps.log.error('letting a ductor client in failed', { error });
        refuse(socket, 'internal_error', 'Something went wrong inside Quarterdeck.');
      }
    },

    timedOut(socket) {
      refuse(socket, 'auth_timeout', 'No first frame came within 10 seconds.');
    },

    close() {
      for (const client of clients) client.close('shutting_down', 'server shutdown');
    },
  };
}

const offOnLan =
  'Version 1 sends its token in clear, so it is accepted on this machine and over TLS only. The token has been readable on the network: rotate it. ' +
  'Pair the device, or let version 1 in from the network (Settings, Devices).';

/** Who has the same chats: '' for everybody whose credential is not narrowed, else those that are narrowed to the same. */
function holderOf({ restrictions }: Principal): string {
  const narrowed = Object.entries(restrictions ?? {}).filter(([, list]) => list !== undefined);
  if (narrowed.length === 0) return '';
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(narrowed)))
    .digest('hex');
}

export type { AboutClient };
