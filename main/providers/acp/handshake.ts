import type { Problem } from '../../protocol/errors.ts';
import type { AcpAgent } from './agent.ts';
import type { AcpConnection } from './connection.ts';
import { notUnderstood } from './problems.ts';
import { problemOf } from './turn-outcome.ts';
import { authRequired, type Fields, fields, protocolVersion, type RpcAnswer, type RpcError, string } from './wire.ts';

export interface Ready {
  sessionId: string;
  /** Of the agent, e.g. "0.61.0". */
  version: string | undefined;
  /** `modes`, `models`, `configOptions`. */
  answer: Fields;
  /** The conversation to be resumed is not there: why. */
  lost: string | null;
}

export interface HandshakeOptions {
  connection: AcpConnection;
  agent: AcpAgent;
  cwd: string;
  resume: string | null;
  onReady: (ready: Ready) => void;
  onFailed: (problem: Problem) => void;
  /** `session/load` tells the whole conversation again; true while it does. */
  onReplay: (replaying: boolean) => void;
}

/** `initialize`, then the session: the one to be resumed where the agent can and may, else a new one. */
export function handshake(options: HandshakeOptions): void {
  const { connection, agent, cwd, resume, onReady, onFailed, onReplay } = options;
  connection.request(
    'initialize',
    {
      protocolVersion,
      // Files and terminals stay the agent's own: it shows its changes as differences, and its commands run in its process tree, where they are
      // found and ended with it. Through us they would be a second way to the disk that needs its own guards.
      clientCapabilities: {
        fs: { readTextFile: false, writeTextFile: false },
        terminal: false,
        elicitation: { form: {} },
      },
      clientInfo: { name: 'quarterdeck', title: 'Quarterdeck', version: '1' },
    },
    (answer) => {
      if (!answer.ok) return onFailed(problemOf(answer.error, agent));
      if (answer.result.protocolVersion !== protocolVersion)
        return onFailed(notUnderstood(agent, JSON.stringify(answer.result)));
      const version = string(fields(answer.result.agentInfo).version);
      openSession(fields(answer.result.agentCapabilities), version);
    },
  );

  function openSession(capabilities: Fields, version: string | undefined): void {
    const method = agent.quirks.resumes ? resumeMethod(capabilities) : null;
    if (resume === null || method === null) {
      begin(version, resume === null ? null : agent.words.noResume);
      return;
    }
    onReplay(true);
    connection.request(method, { sessionId: resume, cwd, mcpServers: [] }, (answer) => {
      onReplay(false);
      if (answer.ok) onReady({ sessionId: resume, version, answer: answer.result, lost: null });
      else if (answer.error.code === authRequired) onFailed(problemOf(answer.error, agent));
      else begin(version, lostWords(agent.name, answer.error));
    });
  }

  function begin(version: string | undefined, lost: string | null): void {
    connection.request('session/new', { cwd, mcpServers: [] }, (answer: RpcAnswer) => {
      if (!answer.ok) return onFailed(problemOf(answer.error, agent));
      const sessionId = string(answer.result.sessionId);
      if (sessionId === undefined) onFailed(notUnderstood(agent, JSON.stringify(answer.result)));
      else onReady({ sessionId, version, answer: answer.result, lost });
    });
  }
}

/** `session/resume` does not tell the conversation again, so it is the better one. */
function resumeMethod(capabilities: Fields): 'session/resume' | 'session/load' | null {
  const { resume } = fields(capabilities.sessionCapabilities);
  if (resume !== undefined && resume !== null) return 'session/resume';
  return capabilities.loadSession === true ? 'session/load' : null;
}

function lostWords(name: string, error: RpcError): string {
  const why = error.message === '' ? '' : ` (${error.message.slice(0, 200)})`;
  return `${name} does not have this conversation any more${why}.`;
}
