import { callTool, listedTools, type TakeReport } from './goal-tools.ts';

/**
 * The Model Context Protocol as far as a server with three tools needs it: `initialize`, `ping`, `tools/list`, `tools/call`.
 * Source: https://modelcontextprotocol.io/specification, revisions as in `revisions`.
 */

/** Newest first. They differ in nothing that is used here, except that 2025-03-26 alone knows batches. */
const revisions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;

export const knownRevision = (revision: string): boolean => (revisions as readonly string[]).includes(revision);

const errors = { invalidRequest: -32_600, noMethod: -32_601, invalidParams: -32_602 } as const;

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

type Id = string | number;
interface Reply {
  jsonrpc: '2.0';
  id: Id | null;
  result?: object;
  error?: { code: number; message: string };
}

/** @returns the answer to one message, or to a batch; null: nothing is to be answered. */
export function answerMessage(message: unknown, version: string, take: TakeReport): Reply | Reply[] | null {
  if (!Array.isArray(message)) return answerOne(message, version, take);
  if (message.length === 0 || message.length > 50) return failed(null, errors.invalidRequest, 'A batch of 1 to 50.');
  const replies = message.map((one) => answerOne(one, version, take)).filter((reply) => reply !== null);
  return replies.length > 0 ? replies : null;
}

function answerOne(message: unknown, version: string, take: TakeReport): Reply | null {
  const { jsonrpc, id, method, params } = fields(message);
  if (jsonrpc !== '2.0') return failed(null, errors.invalidRequest, 'Not a JSON-RPC 2.0 message.');
  // Answers to us (we ask nothing) and notifications.
  if (typeof method !== 'string' || id === undefined) return null;
  if (typeof id !== 'string' && typeof id !== 'number') return failed(null, errors.invalidRequest, 'No usable id.');
  switch (method) {
    case 'initialize': {
      const asked = fields(params).protocolVersion;
      return done(id, {
        protocolVersion: typeof asked === 'string' && knownRevision(asked) ? asked : revisions[0],
        capabilities: { tools: { listChanged: false } },
        serverInfo: { name: 'quarterdeck', title: 'Quarterdeck', version },
        instructions: 'Report how far the goal of this session is, that it is reached, or what blocks it.',
      });
    }
    case 'ping':
      return done(id, {});
    case 'tools/list':
      return done(id, { tools: listedTools() });
    case 'tools/call': {
      const { name, arguments: input } = fields(params);
      const called = typeof name === 'string' ? callTool(name, input, take) : null;
      if (!called) return failed(id, errors.invalidParams, 'There is no such tool.');
      const { text, isError } = called;
      return done(id, { content: [{ type: 'text', text }], isError });
    }
    default:
      return failed(id, errors.noMethod, 'This server does not know the method.');
  }
}

const done = (id: Id, result: object): Reply => ({ jsonrpc: '2.0', id, result });
const failed = (id: Id | null, code: number, message: string): Reply => ({
  jsonrpc: '2.0',
  id,
  error: { code, message },
});
