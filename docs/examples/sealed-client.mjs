// A client of the sealed transport in 60 lines: pairs with the link in argv[2] (or comes back by its file), says argv[3], prints the answer.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import nacl from 'tweetnacl';
import { WebSocket } from 'ws';

const [link, prompt, file = 'device.json'] = process.argv.slice(2);
const b64 = (raw) => Buffer.from(raw).toString('base64url');
const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64url'));
const join = (...parts) => new Uint8Array(Buffer.concat(parts));
const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { secret: b64(nacl.randomBytes(32)), sessions: {} };
const save = () => writeFileSync(file, JSON.stringify(kept), { mode: 0o600 });
const pairing = kept.id ? null : JSON.parse(Buffer.from(link.split('#pair=')[1], 'base64url').toString());
if (pairing) Object.assign(kept, { host: new URL(link).host, server: pairing.k });
const [device, server] = [nacl.box.keyPair.fromSecretKey(bytes(kept.secret)), bytes(kept.server)];
const [mine, socket, keys] = [nacl.box.keyPair(), new WebSocket(`ws://${kept.host}/ws`), {}];
const nonce = (way) => {
  const next = join(way.prefix, new Uint8Array(8));
  new DataView(next.buffer).setBigUint64(16, way.count++);
  return next;
};
const seal = (frame) => {
  const number = nonce(keys.up);
  socket.send(join(number, nacl.secretbox(join(Buffer.from(JSON.stringify(frame))), number, keys.up.key)));
};
const ask = (type, fields) => seal({ type, command_id: b64(nacl.randomBytes(12)), ...fields });
const greet = ({ e2e_pk, sealed }) => {
  const [theirs, box] = [bytes(e2e_pk), bytes(sealed)];
  const inner = nacl.box.open(box.subarray(24), box.subarray(0, 24), server, mine.secretKey);
  if (!inner || JSON.parse(Buffer.from(inner)).e2e_pk !== e2e_pk) throw new Error('this is not the server of the link');
  const t = nacl.hash(join(Buffer.from('quarterdeck/2 transcript'), mine.publicKey, theirs, server));
  const dh = join(nacl.scalarMult(mine.secretKey, theirs), nacl.scalarMult(mine.secretKey, server));
  const way = (name) => {
    const hash = nacl.hash(join(Buffer.from(`quarterdeck/2 ${name}`), dh, t));
    return { key: hash.slice(0, 32), prefix: hash.slice(32, 48), count: 0n };
  };
  Object.assign(keys, { up: way('client to server'), down: way('server to client') });
  const n = nacl.randomBytes(24);
  const proof = b64(join(n, nacl.box(t, n, theirs, device.secretKey)));
  const pair = { kind: 'pairing', code: pairing?.c, device_pk: b64(device.publicKey), device_name: 'script' };
  seal({ ...(kept.id ? { kind: 'device', device_id: kept.id } : pair), proof, attach: kept.sessions });
};
const say = (session_id) => ask('message', { session_id, text: prompt });
const handle = (frame) => {
  if (frame.type === 'closing' || frame.ok === false) throw new Error(JSON.stringify(frame));
  const [session] = Object.keys(kept.sessions); // Followed since our first frame, from where we were.
  if (frame.type === 'welcome') kept.id = frame.actor.id;
  if (frame.type === 'welcome') session ? say(session) : ask('new_chat', { cwd: process.cwd(), provider: 'demo' });
  if (frame.result?.session_id) ask('attach', { session_id: frame.result.session_id, after_seq: 0 }), say(frame.result.session_id);
  for (const event of frame.type === 'events' ? frame.events : []) {
    kept.sessions[frame.session_id] = event.seq;
    if (event.type === 'user_message' || event.type === 'text') console.log(`${event.seq} ${event.type}: ${event.text}`);
    if (event.type === 'turn_end') socket.close();
  }
  save();
};
socket.on('open', () => socket.send(JSON.stringify({ type: 'auth', v: 2, e2e_pk: b64(mine.publicKey) })));
socket.on('message', (data, binary) => {
  if (!binary) return greet(JSON.parse(data));
  handle(JSON.parse(Buffer.from(nacl.secretbox.open(new Uint8Array(data.subarray(24)), nonce(keys.down), keys.down.key))));
});
