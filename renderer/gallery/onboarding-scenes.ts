import { say } from '../../main/protocol/saying.ts';
import type { ProviderInfo } from '../../main/protocol/values.ts';
import type { DoctorReport, JobOutput } from '../../main/protocol/views.ts';
import { claude, codexSignedOut, demo } from './samples.ts';
import type { Scene } from './scene.ts';

const gemini: ProviderInfo = {
  ...codexSignedOut,
  id: 'gemini',
  name: 'Gemini CLI',
  state: 'not_found',
  path: undefined,
  version: undefined,
  npm_package: '@google/gemini-cli',
  sign_in_command: 'gemini',
  key_variable: 'GEMINI_API_KEY',
  problem: {
    message: 'Gemini CLI was not found.',
    next: 'Install it with the button, or with the command below, then look again.',
    command: 'npm install -g @google/gemini-cli',
  },
};
const codex: ProviderInfo = {
  ...codexSignedOut,
  npm_package: '@openai/codex',
  sign_in_command: 'codex login',
  key_variable: 'OPENAI_API_KEY',
};
const everyState: ProviderInfo[] = [
  {
    ...claude,
    version: '2.3.4',
    known_good: 'newer',
    npm_package: '@anthropic-ai/claude-code',
    key_variable: 'ANTHROPIC_API_KEY',
    key_stored: true,
  },
  codex,
  gemini,
  {
    ...codex,
    id: 'codex-old',
    name: 'Codex (old)',
    state: 'too_old',
    version: '0.42.0',
    problem: {
      message: 'Codex 0.42.0 is older than 0.130.0, the oldest version this app works with.',
      next: 'Update it.',
      command: 'npm install -g @openai/codex@latest',
    },
  },
  {
    ...codex,
    id: 'codex-own',
    name: 'Codex (ours)',
    state: 'ready',
    account: 'API key',
    path: '/home/ada/.local/share/quarterdeck/clis/codex/node_modules/.bin/codex',
    version: '0.169.0',
    own: true,
    passed_over: { path: '/usr/local/bin/codex', version: '0.42.0', state: 'too_old' },
    problem: undefined,
  },
  {
    ...gemini,
    id: 'gemini-broken',
    name: 'Gemini CLI (broken)',
    state: 'broken',
    path: '/home/ada/.nvm/versions/node/v18.2.0/bin/gemini',
    problem: { message: 'It does not start: Node 18 is too old for it.', next: 'Install it again.' },
  },
  demo,
];

export const onboardingScenes: Record<string, Scene> = {
  setup: { sessions: [], providers: [claude, codex, gemini, demo] },
  agents: { sessions: [], providers: everyState, route: { name: 'settings', tab: 'providers' } },
  diagnostics: {
    sessions: [],
    providers: [claude, codex, gemini, demo],
    route: { name: 'settings', tab: 'diagnostics' },
  },
};

const output = `$ npm install @google/gemini-cli@latest
npm http fetch GET 200 https://registry.npmjs.org/@google%2fgemini-cli 214ms
npm http fetch GET 200 https://registry.npmjs.org/@google/gemini-cli/-/gemini-cli-0.61.0.tgz 3104ms
added 1 package in 4s
$ gemini --version
0.61.0
Installed in /home/ada/.local/share/quarterdeck/clis/gemini.
`;

/** A piece more for each time it is asked. */
export function sampleJob(offset: number): JobOutput {
  const end = Math.min(output.length, offset + 130);
  return {
    job_id: 'job_sample',
    title: 'Installing Gemini CLI (@google/gemini-cli)',
    state: end === output.length ? 'done' : 'running',
    text: output.slice(offset, end),
    offset: end,
    exit_code: end === output.length ? 0 : null,
  };
}

const ready = { what: 'ready', drift: '', account: '', own: 0, path: '' } as const;

export function sampleReport(providers: readonly ProviderInfo[]): DoctorReport {
  return {
    ok: true,
    providers: [...providers],
    checks: [
      {
        id: 'runtime',
        label: 'Quarterdeck',
        state: 'ok',
        text: 'Version 0.1.0, Node 24.21.0.',
        say: say('doctor.runtime', { version: '0.1.0', electron: '', node: '24.21.0' }),
      },
      {
        id: 'home',
        label: 'Data folder',
        state: 'ok',
        text: '/home/ada/.local/share/quarterdeck can be written.',
        say: say('doctor.home', { home: '/home/ada/.local/share/quarterdeck' }),
      },
      {
        id: 'disk',
        label: 'Disk space',
        state: 'error',
        say: say('doctor.diskLow', { free: '62.0 MB', home: '/home/ada/.local/share/quarterdeck' }),
        text: '62.0 MB free on the disk of the data folder.',
        next: 'Make some room on the disk of /home/ada/.local/share/quarterdeck.',
      },
      {
        id: 'database',
        label: 'Database',
        state: 'ok',
        text: 'Sound, 3.2 MB.',
        say: say('doctor.database', { size: '3.2 MB' }),
      },
      ...providers.map((provider) => ({
        id: `provider:${provider.id}`,
        label: provider.name,
        state: provider.state === 'ready' ? ('ok' as const) : ('warning' as const),
        text: provider.problem?.message ?? `Ready, version ${provider.version ?? '1'}.`,
        ...(provider.problem
          ? { next: provider.problem.next, ...(provider.problem.say && { say: provider.problem.say }) }
          : { say: say('doctor.provider', { ...ready, version: provider.version ?? '1' }) }),
      })),
      {
        id: 'provider-keys',
        label: 'API keys of agents',
        state: 'ok',
        say: say('doctor.keys', { where: 'keychain', stored: 'Claude Code' }),
        text: "New keys are kept by the system's keychain. Stored: Claude Code.",
      },
    ],
    not_understood: [
      {
        provider: 'claude',
        version: '2.3.4',
        what: 'system/weather_report',
        count: 3,
        last_at: Date.now() - 400_000,
        session_id: 'ses_none00000',
        sample: '{"type":"system","subtype":"weather_report","wind":"NW 5","session_id":"0a1b2c3d"}',
      },
    ],
  };
}
