import { describe, expect, it } from 'vitest';
import { fromUtf8 } from './bytes.ts';
import { answerHello, readHello } from './handshake.ts';
import { tweetnacl } from './primitives.ts';
import { SealedClient, type SealedCredential } from './sealed-client.ts';
import { SealedReceiver, SealedSender } from './sealed-frames.ts';

const server = tweetnacl.keyPair();
const limits = { frame_bytes: 1000, auth_ms: 10_000 };
const credential: SealedCredential = { kind: 'api_key', key: 'qd_secret' };
const answerTo = (client: SealedClient, by = server) =>
  answerHello(tweetnacl, by, readHello(client.hello) as Uint8Array, limits)!;

describe('a client of the sealed transport', () => {
  it('says nothing about itself before the channel is there, then shows its credential in it', () => {
    const client = new SealedClient({ serverKey: server.publicKey, credential, attach: { ses_12345678: 7 } });
    expect(Object.keys(JSON.parse(client.hello))).toEqual(['type', 'v', 'e2e_pk']);
    const { answer, keys } = answerTo(client);
    const step = client.receive(answer);
    if (step.kind !== 'send') throw new Error(step.kind);
    const opened = new SealedReceiver(tweetnacl, keys.toServer).open(step.frames[0]!) as Uint8Array;
    expect(JSON.parse(fromUtf8(opened)!)).toEqual({ kind: 'api_key', key: 'qd_secret', attach: { ses_12345678: 7 } });
    expect(client.receive(new SealedSender(tweetnacl, keys.toClient).seal(new TextEncoder().encode('{}')))).toEqual({
      kind: 'message',
      text: '{}',
    });
  });

  it('refuses a man in the middle with keys of his own before anything is sent to him', () => {
    const client = new SealedClient({ serverKey: server.publicKey, credential });
    const step = client.receive(answerTo(client, tweetnacl.keyPair()).answer);
    expect(step).toEqual({ kind: 'failed', failure: { code: 'wrong_server' } });
    expect(client.open).toBe(false);
  });

  it('refuses an answer of the right server whose ephemeral key was exchanged', () => {
    const client = new SealedClient({ serverKey: server.publicKey, credential });
    const answer = JSON.parse(answerTo(client).answer);
    answer.e2e_pk = Buffer.from(tweetnacl.keyPair().publicKey).toString('base64url');
    expect(client.receive(JSON.stringify(answer))).toMatchObject({ failure: { code: 'wrong_server' } });
  });

  it('refuses an answer that was recorded for another hello', () => {
    const recorded = answerTo(new SealedClient({ serverKey: server.publicKey, credential })).answer;
    const client = new SealedClient({ serverKey: server.publicKey, credential });
    expect(client.receive(recorded)).toMatchObject({ failure: { code: 'wrong_server' } });
  });

  it('without a pinned key shows the fingerprint to compare, and sends no credential', () => {
    const client = new SealedClient({ serverKey: null, credential });
    const step = client.receive(answerTo(client).answer);
    expect(step).toMatchObject({ kind: 'server_key', publicKey: server.publicKey });
    expect(client.open).toBe(false);
  });

  it('takes no text once the channel is there', () => {
    const client = new SealedClient({ serverKey: server.publicKey, credential });
    client.receive(answerTo(client).answer);
    expect(client.receive('{"type":"welcome"}')).toMatchObject({ failure: { code: 'decrypt_failed' } });
  });

  it('passes on why the server would not shake hands', () => {
    const client = new SealedClient({ serverKey: server.publicKey, credential });
    const said = { code: 'overloaded', message: 'Too many.', retry_after_ms: 500 };
    expect(client.receive(JSON.stringify({ type: 'error', ...said }))).toEqual({
      kind: 'failed',
      failure: { code: 'refused', said },
    });
  });
});
