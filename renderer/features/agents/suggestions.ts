/** Agents that are known to speak the Agent Client Protocol, and how their makers say that they are started. */
export interface Suggestion {
  name: string;
  command: string;
  keyVariable?: string;
}

export const suggestions: readonly Suggestion[] = [
  {
    name: 'Claude over ACP',
    command: 'npx -y @agentclientprotocol/claude-agent-acp',
    keyVariable: 'ANTHROPIC_API_KEY',
  },
  { name: 'OpenCode', command: 'opencode acp' },
  { name: 'Goose', command: 'goose acp' },
  { name: 'Kimi', command: 'kimi acp' },
];
