import { join } from 'node:path';
import type { CustomAgent } from '../../main/protocol/settings.ts';
import type { Directive, ErrorDetails } from '../model-server/scenario.ts';
import { call } from '../steps/script.ts';
import { claudeAgentAcpEnv } from '../tools/claude-agent-acp-env.ts';
import { claudeTestEnv } from '../tools/claude-env.ts';
import { codexTestEnv } from '../tools/codex-env.ts';
import { ensureCli } from '../tools/ensure-clis.ts';
import { geminiTestEnv } from '../tools/gemini-env.ts';
import type { DrivenApp } from './driven-app.ts';

export interface Place {
  modelUrl: string;
  /** The person's home on the machine of the test. */
  home: string;
}

/** How one agent is set up, and how the scripted model speaks to it: the names of its tools, and what it has none of. */
export interface Dialect {
  /** Name of the tests and of the recorded shape. */
  name: string;
  provider: string;
  model: string | null;
  env(place: Place): Promise<Record<string, string | undefined>>;
  /** An agent the app does not know: what a person enters in the settings. */
  custom?(place: Place): Promise<CustomAgent>;
  command(command: string): Directive;
  write(path: string, content: string): Directive;
  /** A question with the choices "Red" and "Blue", and the mode in which the agent may ask; null: it has no way to. */
  question: { mode: 'ask' | 'plan'; asked: Directive } | null;
  /** The model says that the conversation does not fit any more. */
  contextFull: Directive;
  /** Its retries are bounded by settings it takes only from where nobody else can write; without them a refusal takes minutes. */
  needsPrivatePlace?: true;
  /** It hands tool servers on to a program of its own on the command line, headers and all; that is not in our hands. */
  serversOnCommandLine?: boolean;
}

/** The model refuses, every time it is asked. */
export const failure = (status: number, details: ErrorDetails = {}): Directive => ({
  kind: 'error',
  status,
  times: null,
  details,
});

const question = {
  questions: [
    {
      question: 'Which colour?',
      header: 'Colour',
      multiSelect: false,
      options: [
        { label: 'Red', description: 'like a rose' },
        { label: 'Blue', description: 'like the sea' },
      ],
    },
  ],
};

const claudeTools = {
  command: (command: string) => call('Bash', { command, description: 'As asked' }),
  write: (file_path: string, content: string) => call('Write', { file_path, content }),
  question: { mode: 'ask', asked: call('AskUserQuestion', question) } as const,
  contextFull: failure(400, {
    type: 'invalid_request_error',
    message: 'prompt is too long: 250000 tokens > 200000 maximum',
  }),
};

export const claude: Dialect = {
  name: 'claude',
  provider: 'claude',
  model: null,
  env: async ({ modelUrl, home }) => ({
    ...claudeTestEnv({ modelUrl, configDir: join(home, '.claude'), maxRetries: 1 }),
    QUARTERDECK_CLAUDE_PATH: await ensureCli('claude'),
  }),
  ...claudeTools,
};

export const codex: Dialect = {
  name: 'codex',
  provider: 'codex',
  model: null,
  env: async ({ modelUrl, home }) => ({
    ...codexTestEnv({ modelUrl, configDir: join(home, '.codex'), maxRetries: 1 }),
    QUARTERDECK_CODEX_PATH: await ensureCli('codex'),
  }),
  command: (cmd) => call('exec_command', { cmd, login: false, yield_time_ms: 60_000 }),
  write: (path, content) =>
    call('apply_patch', {
      input: [
        '*** Begin Patch',
        `*** Add File: ${path}`,
        ...content
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => `+${line}`),
        '*** End Patch',
      ].join('\n'),
    }),
  // Codex asks only while it plans, as in its own terminal.
  question: {
    mode: 'plan',
    asked: call('request_user_input', {
      questions: question.questions.map(({ multiSelect: _, ...one }) => ({ id: 'colour', ...one })),
    }),
  },
  contextFull: failure(400, { type: 'context_length_exceeded', message: 'Your input exceeds the context window.' }),
};

export const gemini: Dialect = {
  name: 'gemini',
  provider: 'gemini',
  model: 'gemini-2.5-pro',
  needsPrivatePlace: true,
  env: async ({ modelUrl, home }) => ({
    ...geminiTestEnv({ modelUrl, home }),
    QUARTERDECK_GEMINI_PATH: await ensureCli('gemini'),
  }),
  command: (command) => call('run_shell_command', { command, description: 'As asked' }),
  write: (file_path, content) => call('write_file', { file_path, content }),
  question: null,
  contextFull: failure(400, {
    type: 'INVALID_ARGUMENT',
    message: 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
  }),
};

/** An agent that speaks the Agent Client Protocol and that the app knows nothing about: a person adds it by its command line. */
export const acp: Dialect = {
  name: 'acp',
  provider: 'second-mate',
  model: null,
  // claude-agent-acp 0.100: `--mcp-config` of the Claude Code that it starts.
  serversOnCommandLine: true,
  env: async () => ({}),
  async custom({ modelUrl, home }) {
    const [claudePath, script] = await Promise.all([ensureCli('claude'), ensureCli('claude-agent-acp')]);
    const configDir = join(home, '.claude-acp');
    const env = claudeAgentAcpEnv({ claude: claudePath, modelUrl, configDir, maxRetries: 1 });
    const { PATH: _, ...own } = env;
    // As root it takes any value of IS_SANDBOX for leave to skip permissions, and its Claude Code does not.
    return {
      id: 'second-mate',
      name: 'Second mate',
      command: process.execPath,
      args: [script],
      env: { ...own, IS_SANDBOX: '' },
    };
  },
  ...claudeTools,
};

/** Enters an agent the app does not know in its settings. */
export async function addAgent(app: DrivenApp, dialect: Dialect, place: Place): Promise<void> {
  const agent = await dialect.custom?.(place);
  if (!agent) return;
  const saved = await app.client.ask({ type: 'agents_save', agent } as never);
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
}
