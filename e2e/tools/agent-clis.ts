/** One agent CLI that tests drive, at the version they were written against. */
export interface AgentCli {
  name: string;
  /** The npm package to install. */
  packageName: string;
  version: string;
  /** The binary inside the installed `node_modules`, for the platform key of `platformKey()`. */
  binaryPath(platform: string): string;
  /** What `--version` prints must begin with this. */
  versionOutput: string;
}

/**
 * Claude Code ships one optional package per platform that holds the native binary. The main package's install script only links that
 * binary as `bin/claude.exe`; the binary is taken where it lies, so no install script has to run.
 */
const claude: AgentCli = {
  name: 'claude',
  packageName: '@anthropic-ai/claude-code',
  version: '2.1.328',
  binaryPath: (platform) => `@anthropic-ai/claude-code-${platform}/claude${platform.startsWith('win32') ? '.exe' : ''}`,
  versionOutput: '2.1.328',
};

export const agentClis = [claude] as const satisfies readonly AgentCli[];
