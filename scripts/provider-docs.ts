/**
 * Writes docs/providers.md from what the adapters declare of themselves, so that the table of differences cannot drift.
 * `node scripts/provider-docs.ts` writes it; `--check` fails when the file is not what would be written (the tests do the same).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '../main/orchestrator/ports.ts';
import type { Capabilities } from '../main/protocol/values.ts';
import { AcpProvider } from '../main/providers/acp/adapter.ts';
import { ClaudeProvider } from '../main/providers/claude/adapter.ts';
import { CodexProvider } from '../main/providers/codex/adapter.ts';
import { createDemoProvider } from '../main/providers/demo/adapter.ts';
import { GeminiProvider } from '../main/providers/gemini/adapter.ts';

export const providerDocPath = join(import.meta.dirname, '../docs/providers.md');

/** What a row says to somebody who chooses an agent. A capability without a row does not compile. */
const meanings: { readonly [C in Exclude<keyof Capabilities, 'modes'>]: string } = {
  resume: 'goes on with its own conversation after its process has ended; else it is told a digest',
  fork: 'branches its own conversation at its end; else, and in the middle, the branch begins with a digest',
  steer: 'takes words into the running turn; else they wait in the queue',
  reasoning: 'shows its reasoning',
  set_model: 'model can be changed in a session',
  set_effort: 'reasoning effort can be changed in a session',
  set_mode: 'permission mode can be changed in a session',
  images: 'images in a prompt',
  files: 'files in a prompt; else it is told their path',
  slash_commands: 'slash commands of its own',
  questions: 'asks questions that are answered in place',
  plan: 'keeps a plan',
  sub_agents: 'shows the work of sub-agents under their call',
  tool_output: 'output of a command: live, at its end, or none',
  exit_codes: 'exit codes of commands',
  usage: 'counts tokens',
  cost: 'tells the cost',
  context: 'tells how full the context is',
  plan_limits: 'tells the windows of the plan and when they reset',
  compaction: 'says when it makes room in its context',
  mcp_servers: 'takes tool servers for one session',
  goals: 'goals: its own, through our tools, or in words',
};

/** What the protocol has no words for. */
const notInAcp: ReadonlySet<string> = new Set(['steer', 'plan_limits']);

const inert = () => {
  throw new Error('only what is declared is read here');
};

function providers(): { column: string; provider: Provider }[] {
  const clock = { now: () => 0, after: inert };
  const host = { clock, instance: 'docs', env: {}, home: '/', startCli: inert } as never as ConstructorParameters<
    typeof ClaudeProvider
  >[0];
  return [
    { column: 'Claude Code', provider: new ClaudeProvider(host) },
    { column: 'Codex', provider: new CodexProvider(host as never) },
    { column: 'Gemini CLI', provider: new GeminiProvider({ ...host, settingsDir: '/' } as never) },
    {
      column: 'any ACP agent',
      provider: new AcpProvider({ ...host, id: 'acp', name: 'ACP agent', command: 'agent', args: [] } as never),
    },
    { column: 'Built-in guide', provider: createDemoProvider({ clock, instance: 'docs' }) },
  ];
}

const cell = (value: boolean | string, tells: boolean) => {
  if (typeof value === 'string') return value === 'none' && tells ? 'if it does' : value;
  return value ? 'yes' : tells ? 'if it does' : '–';
};

/** The document, from the adapters as they are. */
export function providerDoc(): string {
  const all = providers();
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const lines = [
    '# Agents and what they can do',
    '',
    'Generated from what the adapters declare (`npm run docs`); do not edit. In a session every agent looks the same: the order of events that a turn',
    'consists of is one shape for all (`e2e/agents/shapes/`, checked with the real programs). What is different is only what an agent has not got.',
    '',
    row(['', ...all.map(({ column }) => column)]),
    row(['---', ...all.map(() => '---')]),
    ...Object.entries(meanings).map(([name, words]) =>
      row([
        words,
        ...all.map(({ provider }) =>
          cell(provider.capabilities[name as keyof typeof meanings], provider.id === 'acp' && !notInAcp.has(name)),
        ),
      ]),
    ),
    row(['permission modes', ...all.map(({ provider }) => provider.capabilities.modes.join(', '))]),
    '',
    'An agent that speaks the Agent Client Protocol says itself, when it starts, which of its column it can do. After going back (rewind), an agent',
    'starts afresh and is told what stands before that place.',
    '',
    'Gemini CLI tells its client over this protocol neither the output nor the exit code of a command, asks no questions while it works, and does not say',
    'when an answer was cut short; Codex asks only while it plans. An agent that starts a CLI of its own may hand it the tool server of a goal, with its token,',
    'on the command line, where other programs of the same machine can read it (claude-agent-acp does): the token opens that goal alone, while it runs.',
    '',
    '## Permission modes',
    '',
    '| Mode | What the agent may do without asking |',
    '| --- | --- |',
    '| `ask` | look, nothing else |',
    '| `accept-edits` | change files in the folder of the session; commands ask. Answered by the app, not by the CLI |',
    '| `plan` | look and plan; it changes nothing |',
    '| `full` | everything |',
    '',
    'A mode is kept when a session is resumed and is never widened by it. An agent that lacks the mode gets the next narrower one, with a notice.',
    '',
  ];
  return lines.join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const doc = providerDoc();
  if (process.argv.includes('--check')) {
    if (readFileSync(providerDocPath, 'utf8') !== doc) {
      console.error('docs/providers.md is not what the adapters declare. Run: npm run docs');
      process.exit(1);
    }
  } else writeFileSync(providerDocPath, doc);
}
