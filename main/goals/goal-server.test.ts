import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../base/result.ts';
import type { McpServer } from '../orchestrator/ports.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { Goal } from '../protocol/values.ts';
import { newGoal, withReport } from '../sessions/goal.ts';
import type { GoalReport } from '../sessions/goal-text.ts';
import { type GoalServer, startGoalServer } from './goal-server.ts';

const one = 'ses_one' as SessionId;
const two = 'ses_two' as SessionId;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

let server: GoalServer;
let given: McpServer;
let reports: [SessionId, GoalReport][];
let outcome: (report: GoalReport) => Result<Goal, string>;
let alive: boolean;

beforeEach(async () => {
  reports = [];
  alive = true;
  const limits = { turns: 12, minutes: null, cost_usd: null };
  const goal = newGoal({ goal_id: 'goal_00000000', objective: 'x', limits, now: 1 });
  outcome = (report) => ok(withReport(goal, report, 2));
  server = await startGoalServer({
    version: '0.0.0',
    log: silent,
    report: (session_id, report) => {
      reports.push([session_id, report]);
      return outcome(report);
    },
  });
  given = server.grant(one, () => alive)!;
});
afterEach(() => server.close());

const post = (body: unknown, headers: Record<string, string> = {}, url = given.url) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...given.headers, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
interface RpcResult {
  protocolVersion: string;
  tools: { name: string; inputSchema: object }[];
  content: { text: string }[];
}
const rpc = async (method: string, params: unknown = {}, headers = {}) => {
  const answer = await post({ jsonrpc: '2.0', id: 7, method, params }, headers);
  return (await answer.json()) as { id: number; result: RpcResult; error?: { code: number } };
};
const call = (name: string, input: unknown) => rpc('tools/call', { name, arguments: input });

describe('the tool server for goals', () => {
  it('speaks the handshake of the protocol, in the revision of the client where it knows it', async () => {
    const { result } = await rpc('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: {} });
    expect(result).toMatchObject({ protocolVersion: '2025-06-18', serverInfo: { name: 'quarterdeck' } });
    expect((await rpc('initialize', { protocolVersion: '1999-01-01' })).result.protocolVersion).toBe('2025-11-25');
    expect((await post({ jsonrpc: '2.0', method: 'notifications/initialized' })).status).toBe(202);
    expect((await rpc('ping')).result).toEqual({});
    expect((await rpc('resources/list')).error?.code).toBe(-32_601);
  });

  it('lists three tools with the schema of what they take', async () => {
    const { result } = await rpc('tools/list');
    expect(result.tools.map(({ name }) => name)).toEqual(['report_progress', 'complete_goal', 'block_goal']);
    expect(result.tools[1]?.inputSchema).toMatchObject({ type: 'object', required: ['summary', 'evidence'] });
  });

  it('takes reports for the session of the token, and answers the agent', async () => {
    const { result } = await call('report_progress', { text: ' built ', evidence: 'exit 0', fraction: 0.5 });
    expect(result).toEqual({ content: [{ type: 'text', text: 'Recorded. This is turn 0 of 12.' }], isError: false });
    await call('complete_goal', { summary: 'all', evidence: 'tests' });
    await call('block_goal', { reason: 'no key' });
    expect(reports).toEqual([
      [one, { kind: 'progress', text: 'built', evidence: 'exit 0', fraction: 0.5 }],
      [one, { kind: 'complete', summary: 'all', evidence: 'tests' }],
      [one, { kind: 'blocked', reason: 'no key' }],
    ]);
  });

  it('tells the agent what is wrong with a report, and records nothing', async () => {
    expect((await call('complete_goal', { summary: 'no proof' })).result).toMatchObject({ isError: true });
    expect((await call('report_progress', { text: 'x', fraction: 2 })).result.content[0]?.text).toMatch(/fraction/);
    expect((await call('__proto__', {})).error?.code).toBe(-32_602);
    expect(reports).toEqual([]);
    outcome = () => err('The goal has ended.');
    expect((await call('block_goal', { reason: 'r' })).result).toEqual({
      content: [{ type: 'text', text: 'The goal has ended.' }],
      isError: true,
    });
  });

  it('gives every CLI its own token of 256 bits, which opens its own session only and dies with the CLI', async () => {
    const other = server.grant(two, () => true)!;
    const token = given.headers.Authorization!.replace('Bearer qdg_', '');
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    await post(
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'block_goal', arguments: { reason: 'r' } } },
      other.headers,
    );
    expect(reports.map(([session_id]) => session_id)).toEqual([two]);
    alive = false;
    expect((await post({ jsonrpc: '2.0', id: 1, method: 'ping' })).status).toBe(401);
    alive = true;
    expect((await post({ jsonrpc: '2.0', id: 1, method: 'ping' })).status).toBe(401);
  });

  it('replaces the token of a session when its CLI is started anew', async () => {
    const before = given;
    given = server.grant(one, () => true)!;
    expect((await post({ jsonrpc: '2.0', id: 1, method: 'ping' }, before.headers)).status).toBe(401);
    expect((await post({ jsonrpc: '2.0', id: 1, method: 'ping' })).status).toBe(200);
  });

  it('lets nobody in without the token, and no page with it', async () => {
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    expect((await post(ping, { Authorization: '' })).status).toBe(401);
    expect((await post(ping, { Authorization: 'Bearer qdg_wrong' })).status).toBe(401);
    expect((await post(ping, { Origin: 'http://evil.example' })).status).toBe(403);
    expect((await post(ping, { Origin: new URL(given.url).origin })).status).toBe(403);
    const { status } = await new Promise<{ status: number | undefined }>((resolve, reject) => {
      const { hostname, port } = new URL(given.url);
      const headers = { host: 'evil.example', ...given.headers };
      const request = process.getBuiltinModule('node:http').get({ hostname, port, path: '/mcp', headers }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode });
      });
      request.on('error', reject);
    });
    expect(status).toBe(403);
    expect((await post(ping, {}, given.url.replace('/mcp', '/other'))).status).toBe(404);
  });

  it('offers no stream, and takes nothing that is not a message of bounded size', async () => {
    expect((await fetch(given.url, { headers: given.headers })).status).toBe(405);
    expect((await fetch(given.url, { method: 'DELETE', headers: given.headers })).status).toBe(405);
    expect((await post('{"jsonrpc"')).status).toBe(400);
    expect((await post({}, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post({}, { 'mcp-protocol-version': '1999-01-01' })).status).toBe(400);
    const large = await post('x'.repeat(1_100_000)).then(
      ({ status }) => status,
      () => 413,
    );
    expect(large).toBe(413);
    expect(reports).toEqual([]);
  });
});
