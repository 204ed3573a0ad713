import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool server (Model Context Protocol, "Streamable HTTP") on loopback, for tests. */
export interface ScriptedToolServer {
  url: string;
  /** What has to stand in `authorization`; nothing is answered without it. */
  token: string;
  /** Arguments of the calls, oldest first. */
  readonly calls: { tool: string; input: unknown }[];
  /** What was answered to its questions (`elicitation/create`). */
  readonly answers: unknown[];
  close(): void;
}

const tools = [
  {
    name: 'note',
    description: 'Notes a text',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
  },
  { name: 'ask', description: 'Asks the person', inputSchema: { type: 'object', properties: {} } },
];

/** What the tool `ask` wants to know. */
const question = {
  mode: 'form',
  message: 'Where to?',
  requestedSchema: {
    type: 'object',
    properties: {
      place: { type: 'string', title: 'Place', enum: ['north', 'south'] },
      now: { type: 'boolean', title: 'Now' },
    },
    required: ['place'],
  },
};

export async function startScriptedToolServer(token = 'tool-server-token'): Promise<ScriptedToolServer> {
  const calls: ScriptedToolServer['calls'] = [];
  const answers: unknown[] = [];
  const waiting = new Map<unknown, (answer: unknown) => void>();
  let asked = 0;
  const http = createServer(async (request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end();
    if (request.method !== 'POST') return void response.writeHead(405).end();
    let text = '';
    for await (const chunk of request) text += chunk;
    const message = JSON.parse(text);
    const { id, method, params } = message;
    if (method === undefined) {
      waiting.get(id)?.(message.result ?? message.error);
      return void response.writeHead(202).end();
    }
    if (id === undefined) return void response.writeHead(202).end();
    const reply = (result: object) => sendJson(response, { jsonrpc: '2.0', id, result });
    switch (method) {
      case 'initialize':
        return reply({
          protocolVersion: params.protocolVersion,
          capabilities: { tools: {} },
          serverInfo: { name: 'scripted', version: '1' },
        });
      case 'tools/list':
        return reply({ tools });
      case 'tools/call': {
        calls.push({ tool: params.name, input: params.arguments });
        if (params.name !== 'ask') return reply({ content: [said(`noted: ${params.arguments?.text}`)] });
        // The question goes to the client inside the answer to its call, which ends with the result.
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const event = (value: object) => response.write(`event: message\ndata: ${JSON.stringify(value)}\n\n`);
        const questionId = `question-${++asked}`;
        const answered = new Promise((resolve) => waiting.set(questionId, resolve));
        event({ jsonrpc: '2.0', id: questionId, method: 'elicitation/create', params: question });
        const answer = await answered;
        answers.push(answer);
        event({ jsonrpc: '2.0', id, result: { content: [said(JSON.stringify(answer))] } });
        return void response.end();
      }
    }
    return sendJson(response, { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const close = () => {
    http.closeAllConnections();
    http.close();
  };
  return { url: `http://127.0.0.1:${port}/mcp`, token, calls, answers, close };
}

const said = (text: string) => ({ type: 'text', text });

function sendJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
