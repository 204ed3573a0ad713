import type { CustomAgent } from '../../main/protocol/settings.ts';
import type { AgentCheck } from '../../main/protocol/views.ts';

export const sampleAgents: readonly CustomAgent[] = [
  { id: 'opencode', name: 'OpenCode', command: 'opencode', args: ['acp'], env: {} },
  {
    ...{ id: 'vibe', name: 'Mistral Vibe', command: '/home/ada/.local/bin/vibe-acp' },
    ...{ args: ['--agent', 'plan first'], env: { VIBE_HOME: '/home/ada/.vibe' }, key_variable: 'MISTRAL_API_KEY' },
  },
];

/** Goose is not there; any other works. */
export function sampleCheck({ name, command }: CustomAgent): AgentCheck {
  if (command !== 'goose') return { ok: true, name, version: '1.4.2', models: ['Big model', 'Small model'] };
  return {
    ok: false,
    problem: {
      message: 'Goose ended at once (exit code 1).',
      next: 'Look at what it printed. Running "goose acp" in a terminal in the same folder shows its own messages.',
      output: 'Error: no provider configured. Run "goose configure" first.',
    },
  };
}
