import type { NewSessionRequest } from '@agentclientprotocol/sdk';
import type { McpServer } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { AcpAgent } from './agent.ts';
import { type AgentFacts, agentFacts } from './agent-facts.ts';
import type { AcpConnection } from './connection.ts';
import { notUnderstood } from './problems.ts';
import { problemOf } from './turn-outcome.ts';
import { authRequired, type Fields, protocolVersion, type RpcAnswer, type RpcError, string } from './wire.ts';

export interface Ready {
  sessionId: string;
  facts: AgentFacts;
  /** `modes`, `models`, `configOptions`. */
  answer: Fields;
}

export interface HandshakeOptions {
  connection: AcpConnection;
  agent: AcpAgent;
  cwd: string;
  resume: string | null;
  /** Branch from `resume`. */
  fork: boolean;
  mcpServers: readonly McpServer[];
  onReady: (ready: Ready) => void;
  onFailed: (problem: Problem) => void;
  /** The conversation to be resumed is not there, or the agent cannot take one up: why. Nothing was opened. */
  onLost: (why: string) => void;
  /** `session/load` tells the whole conversation again; true while it does. */
  onReplay: (replaying: boolean) => void;
}

/** `initialize`, then the session: the one to be resumed, a branch of it, or a new one. */
export function handshake(options: HandshakeOptions): void {
  const { connection, agent, cwd, resume, fork, onReady, onFailed, onLost, onReplay } = options;
  connection.request(
    'initialize',
    {
      protocolVersion,
      clientCapabilities: {
        // Files stay the agent's own: it shows its changes as differences. Through us they would be a second way to the disk that needs its own
        // guards.
        fs: { readTextFile: false, writeTextFile: false },
        terminal: true,
        elicitation: { form: {} },
        session: { notices: {}, compaction: {}, configOptions: { boolean: {} } },
        // Output and exit codes of commands the agent runs itself (claude-agent-acp, codex-acp).
        _meta: { terminal_output: true, terminal_output_delta: true },
      },
      clientInfo: { name: 'quarterdeck', title: 'Quarterdeck', version: '1' },
    },
    (answer) => {
      if (!answer.ok) return onFailed(problemOf(answer.error, agent));
      if (answer.result.protocolVersion !== protocolVersion)
        return onFailed(notUnderstood(agent, JSON.stringify(answer.result)));
      openSession(agentFacts(answer.result));
    },
  );

  function openSession(facts: AgentFacts): void {
    const mcpServers = facts.httpTools ? options.mcpServers.map(httpServer) : [];
    if (resume === null) {
      connection.request('session/new', { cwd, mcpServers }, (answer) => opened(facts, answer));
      return;
    }
    const method = !agent.quirks.resumes ? null : fork ? (facts.fork ? 'session/fork' : null) : facts.resume;
    if (method === null) {
      const what = fork ? 'branch' : 'take up';
      onLost(agent.quirks.resumes ? `${agent.name} cannot ${what} an earlier conversation.` : agent.words.noResume);
      return;
    }
    onReplay(true);
    connection.request(method, { sessionId: resume, cwd, mcpServers }, (answer) => {
      onReplay(false);
      if (method === 'session/fork' && answer.ok) opened(facts, answer);
      else if (answer.ok) onReady({ sessionId: resume, facts, answer: answer.result });
      else if (answer.error.code === authRequired) onFailed(withWays(problemOf(answer.error, agent), facts));
      else onLost(lostWords(agent.name, answer.error));
    });
  }

  function opened(facts: AgentFacts, answer: RpcAnswer): void {
    if (!answer.ok) {
      onFailed(withWays(problemOf(answer.error, agent), facts));
      return;
    }
    const sessionId = string(answer.result.sessionId);
    if (sessionId === undefined) onFailed(notUnderstood(agent, JSON.stringify(answer.result)));
    else onReady({ sessionId, facts, answer: answer.result });
  }
}

/** Who is not signed in is told how the agent says that it is done. */
function withWays(problem: Problem, { signIn }: AgentFacts): Problem {
  if (problem.code !== 'provider_not_signed_in' || signIn.length === 0) return problem;
  return {
    ...problem,
    detail: [problem.detail, 'Ways to sign in that it names:', ...signIn].filter(Boolean).join('\n'),
  };
}

function httpServer({ name, url, headers }: McpServer): NewSessionRequest['mcpServers'][number] {
  return {
    type: 'http',
    name,
    url,
    headers: Object.entries(headers).map(([header, value]) => ({ name: header, value })),
  };
}

function lostWords(name: string, error: RpcError): string {
  const why = error.message === '' ? '' : ` (${error.message.slice(0, 200)})`;
  return `${name} does not have this conversation any more${why}.`;
}
