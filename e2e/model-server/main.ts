import { parseArgs } from 'node:util';
import { startModelServer } from './server.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, 'delta-ms': { type: 'string', default: '5' } },
});
const server = await startModelServer({ port: Number(values.port), deltaMs: Number(values['delta-ms']) });
console.log(JSON.stringify({ event: 'listening', url: server.url, port: server.port, pid: process.pid }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void server.close();
  });
}
