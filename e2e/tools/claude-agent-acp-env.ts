import { type ClaudeTestEnvOptions, claudeTestEnv } from './claude-env.ts';

export interface ClaudeAgentAcpEnvOptions extends ClaudeTestEnvOptions {
  /** The Claude Code it drives, absolute. */
  claude: string;
}

/**
 * The complete environment for a claude-agent-acp that neither sees the user's own settings nor talks to anything but the model server. It passes
 * all of it on to the Claude Code it starts.
 */
export function claudeAgentAcpEnv({ claude, ...options }: ClaudeAgentAcpEnvOptions): { [name: string]: string } {
  return { ...claudeTestEnv(options), CLAUDE_CODE_EXECUTABLE: claude };
}
