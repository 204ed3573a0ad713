import { type Capabilities, type FileDiff, noCapabilities, type ProviderInfo } from '../../main/protocol/values.ts';
import type { FolderRule } from '../../main/protocol/views.ts';

const capabilities: Capabilities = {
  ...noCapabilities,
  resume: true,
  steer: true,
  reasoning: true,
  set_model: true,
  set_mode: true,
  set_effort: true,
  images: true,
  slash_commands: true,
  sub_agents: true,
  goals: 'tools',
  modes: ['ask', 'accept-edits', 'plan', 'full'],
};

const efforts = ['low', 'medium', 'high', 'xhigh'];

const models = [
  { id: 'opus', name: 'Opus 4.5', description: 'For the hardest work', efforts, default_effort: 'high' },
  { id: 'sonnet', name: 'Sonnet 4.5', description: 'For everyday work', efforts: efforts.slice(0, 3) },
  { id: 'haiku', name: 'Haiku 4.5', description: 'Quick and light' },
];

export const claude: ProviderInfo = {
  id: 'claude',
  name: 'Claude Code',
  state: 'ready',
  built_in: false,
  path: '/home/ada/.local/bin/claude',
  version: '2.1.118',
  account: 'Claude Max',
  models,
  capabilities,
};

export const demo: ProviderInfo = {
  id: 'demo',
  name: 'Guide',
  state: 'ready',
  built_in: true,
  models: [],
  capabilities: {
    ...capabilities,
    set_model: false,
    set_effort: false,
    images: false,
    slash_commands: false,
    goals: 'none',
  },
};

export const codexSignedOut: ProviderInfo = {
  id: 'codex',
  name: 'Codex',
  state: 'not_signed_in',
  built_in: false,
  path: '/usr/local/bin/codex',
  version: '0.98.0',
  problem: {
    message: 'Codex is installed but has no credential.',
    next: 'Sign in once in a terminal, then look again.',
    command: 'codex login',
  },
  models: [],
  capabilities,
};

export const codex: ProviderInfo = {
  id: 'codex',
  name: 'Codex',
  state: 'ready',
  built_in: false,
  path: '/usr/local/bin/codex',
  version: '0.169.0',
  account: 'ChatGPT Plus',
  models: [
    { id: 'gpt-6-codex', name: 'GPT-6 Codex', description: 'Default', efforts, default_effort: 'medium' },
    { id: 'gpt-6-mini', name: 'GPT-6 mini', description: 'Quick' },
  ],
  capabilities,
};

export const claudeMissing: ProviderInfo = {
  ...claude,
  state: 'not_found',
  path: undefined,
  version: undefined,
  account: undefined,
  problem: {
    message: 'No program named claude was found on the PATH or in the usual places.',
    next: 'Install it, then look again.',
    command: 'npm install -g @anthropic-ai/claude-code',
  },
};

export const retryDiff: FileDiff = {
  path: '/home/ada/atlas/src/net/retry.ts',
  change: 'update',
  added: 9,
  removed: 4,
  hunks: [
    {
      old_start: 12,
      old_lines: 13,
      new_start: 12,
      new_lines: 18,
      lines: [
        ' export async function withRetry<T>(task: () => Promise<T>, options: RetryOptions): Promise<T> {',
        '-  for (let attempt = 0; attempt < options.attempts; attempt++) {',
        '+  let lastError: unknown;',
        '+  for (let attempt = 0; attempt < options.attempts; attempt += 1) {',
        '     try {',
        '       return await task();',
        '     } catch (error) {',
        '-      if (!isTransient(error)) throw error;',
        '-      await sleep(options.baseMs * 2 ** attempt);',
        '+      if (!isTransient(error)) throw error;',
        '+      lastError = error;',
        '+      // Full jitter: many clients that failed together must not come back together.',
        '+      const ceiling = Math.min(options.maxMs, options.baseMs * 2 ** attempt);',
        '+      await sleep(Math.random() * ceiling);',
        '     }',
        '   }',
        "-  throw new Error('all attempts failed');",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code of a sample
        '+  throw new Error(`all ${options.attempts} attempts failed`, { cause: lastError });',
        ' }',
      ],
    },
    {
      old_start: 41,
      old_lines: 3,
      new_start: 46,
      new_lines: 4,
      lines: [' export const defaults: RetryOptions = {', '   attempts: 5,', '+  maxMs: 30_000,', '   baseMs: 200,'],
    },
  ],
};

export const newFileDiff: FileDiff = {
  path: '/home/ada/atlas/src/net/retry.test.ts',
  change: 'create',
  added: 7,
  removed: 0,
  hunks: [
    {
      old_start: 0,
      old_lines: 0,
      new_start: 1,
      new_lines: 7,
      lines: [
        "+import { describe, expect, it, vi } from 'vitest';",
        "+import { withRetry } from './retry.ts';",
        '+',
        "+it('gives up after the last attempt and keeps the cause', async () => {",
        "+  const task = vi.fn().mockRejectedValue(new TransientError('reset'));",
        '+  await expect(withRetry(task, fast)).rejects.toMatchObject({ cause: expect.any(TransientError) });',
        '+});',
      ],
    },
  ],
};

export const sampleRules: FolderRule[] = [
  {
    rule_id: 'rule_00000001',
    cwd: '/home/ada/atlas',
    provider: 'claude',
    rule: { tool: 'Bash', match: 'prefix', pattern: 'npm test', label: 'npm test' },
    created_at: Date.now() - 86_400_000,
    expires_at: null,
    by: { kind: 'owner', via: 'window' },
  },
  {
    rule_id: 'rule_00000002',
    cwd: '/home/ada/atlas',
    provider: 'claude',
    rule: { tool: 'Edit', match: 'folder', pattern: '/home/ada/atlas/src', label: 'edits in ~/atlas/src' },
    created_at: Date.now() - 86_400_000 * 3,
    expires_at: null,
    by: { kind: 'owner', via: 'window' },
  },
];
