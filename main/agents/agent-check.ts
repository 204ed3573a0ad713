import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Problem } from '../protocol/errors.ts';
import { type Saying, say, sayWith } from '../protocol/saying.ts';
import type { AgentCheck } from '../protocol/views.ts';
import type { AcpAgent, AcpHost } from '../providers/acp/agent.ts';
import type { AgentFacts } from '../providers/acp/agent-facts.ts';
import { handshake, type Ready } from '../providers/acp/handshake.ts';
import { Link } from '../providers/acp/link.ts';
import { noHandshake } from '../providers/acp/problems.ts';
import { type Settings, settingsOf } from '../providers/acp/settings.ts';

export interface AgentCheckResult {
  check: AgentCheck;
  /** What it told of itself, where it got that far. */
  told: { facts: AgentFacts; settings: Settings } | null;
}

/** A first start by npx downloads the agent. Milliseconds. */
const timeoutMs = 90_000;
const graceMs = 1500;

/**
 * Starts an agent in an empty folder, opens a session, and ends it with all that it started. Nothing is asked of a model.
 * Never throws.
 */
export async function checkAgent(
  agent: AcpAgent,
  host: AcpHost & { clock: Clock },
  limitMs = timeoutMs,
): Promise<AgentCheckResult> {
  let cwd: string;
  try {
    cwd = mkdtempSync(join(tmpdir(), 'quarterdeck-agent-'));
  } catch (error) {
    return { check: { ok: false, problem: noFolder(agent, error) }, told: null };
  }
  let link: Link | null = null;
  try {
    const outcome = await new Promise<{ ready: Ready } | { problem: Problem } | 'gone'>((resolve) => {
      const ignore = () => {};
      const opened: Link = new Link(
        { host, agent, cwd, now: () => host.clock.now() },
        {
          onNotification: ignore,
          onRequest: (id, method) =>
            opened.connection.refuse(id, { code: -32601, message: `Not now: ${method.slice(0, 200)}` }),
          onLine: ignore,
          onGarbage: ignore,
          onFlood: () => resolve({ problem: opened.nonsenseProblem() }),
          onTerminalText: ignore,
          onTerminalExit: ignore,
          onGone: () => resolve('gone'),
        },
      );
      link = opened;
      const cancel = host.clock.after(limitMs, () =>
        resolve({
          problem: opened.speaksNonsense ? opened.nonsenseProblem() : noHandshake(agent, Math.round(limitMs / 1000)),
        }),
      );
      handshake({
        ...{ connection: opened.connection, agent, cwd, resume: null, fork: false, mcpServers: [] },
        onReady: (ready) => {
          cancel();
          resolve({ ready });
        },
        onFailed: (problem) => {
          cancel();
          resolve({ problem });
        },
        onLost: ignore,
        onReplay: ignore,
      });
    });
    return await report(outcome, agent, link);
  } finally {
    await (link as Link | null)?.stop({ graceMs });
    removeFolder(cwd);
  }
}

function noFolder({ name }: AcpAgent, error: unknown): NonNullable<AgentCheck['problem']> {
  return {
    say: say('agents.noFolder', { name, folder: tmpdir() }),
    message: `${name} was not started: no empty folder could be made for it in ${tmpdir()}.`,
    next: 'Make room on the disk, or make that folder writable, and try again. The agent can be added before that.',
    output: error instanceof Error ? error.message : String(error),
  };
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // In use; the system clears its folder for temporary files.
  }
}

async function report(
  outcome: { ready: Ready } | { problem: Problem } | 'gone',
  agent: AcpAgent,
  link: Link | null,
): Promise<AgentCheckResult> {
  if (outcome !== 'gone' && 'ready' in outcome) {
    const { facts, answer } = outcome.ready;
    const settings = settingsOf(answer);
    const models = settings.model?.values.map((model) => model.name) ?? [];
    const check: AgentCheck = {
      ok: true,
      ...(facts.name === undefined ? {} : { name: facts.name }),
      ...(facts.version === undefined ? {} : { version: facts.version }),
      models,
    };
    return { check, told: { facts, settings } };
  }
  // What it wrote to stderr is known when it has ended.
  await link?.stop({ graceMs });
  const problem = outcome === 'gone' ? link?.endProblem() : outcome.problem;
  // Why a process ended has its stderr in it already; an answer it gave has not.
  const parts = outcome === 'gone' ? [problem?.detail] : [problem?.detail, link?.stderr];
  const output = parts.filter((part) => part).join('\n');
  const { text: message, said } = messageOf(problem, agent, outcome === 'gone');
  const { text: next, said: advice } = nextStep(problem, agent);
  return {
    check: {
      ok: false,
      problem: { ...(said ? { say: sayWith(said, advice) } : {}), message, next, ...(output === '' ? {} : { output }) },
    },
    told: null,
  };
}

/** It answered, but with a refusal: there is no turn yet that could have failed. */
function messageOf(
  problem: Problem | undefined,
  { name }: AcpAgent,
  gone: boolean,
): { text: string; said?: Saying | undefined } {
  if (problem === undefined) return { text: `${name} could not be started.`, said: say('check.notStarted', { name }) };
  return problem.code === 'provider_failed' && !gone
    ? { text: `${name} was started, but opens no session.`, said: say('check.noSession', { name }) }
    : { text: problem.message, said: problem.say };
}

function nextStep(problem: Problem | undefined, { name, words }: AcpAgent): { text: string; said: Saying } {
  const parts = { name, ...words.say };
  switch (problem?.code) {
    case 'provider_missing':
      return { text: words.install, said: say('next.installAgent', parts) };
    case 'provider_not_signed_in':
      return { text: `${words.signIn} It can be added before that.`, said: say('next.signInAgent', parts) };
    case 'provider_protocol':
      return {
        text: `Check that the command speaks the Agent Client Protocol: many programs need an option such as "acp" or "--acp" for it. ${words.tryIt}`,
        said: say('next.protocolOption', parts),
      };
    default:
      return { text: `Look at what it printed. ${words.tryIt}`, said: say('next.lookAtOutput', parts) };
  }
}
