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
  /** Its optional packages are not needed: they would bring another CLI once more, hundreds of megabytes. */
  omitOptional?: true;
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

/** Rust targets that Codex is built for, by platform key; its Linux build is static, so it is the same with glibc and musl. */
const codexTargets: { readonly [platform: string]: string } = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
  'win32-x64': 'x86_64-pc-windows-msvc',
  'win32-arm64': 'aarch64-pc-windows-msvc',
};

/** Codex: a launcher in JavaScript, and one optional package per platform that holds the native binary. */
const codex: AgentCli = {
  name: 'codex',
  packageName: '@openai/codex',
  version: '0.169.0',
  binaryPath(platform) {
    const key = platform.replace(/-musl$/, '');
    return `@openai/codex-${key}/vendor/${codexTargets[key]}/bin/codex${key.startsWith('win32') ? '.exe' : ''}`;
  },
  versionOutput: 'codex-cli 0.169.0',
};

/** Gemini CLI is a bundle of JavaScript with `#!/usr/bin/env node`; the adapter runs it with the Node of its own choice. */
const gemini: AgentCli = {
  name: 'gemini',
  packageName: '@google/gemini-cli',
  version: '0.61.0',
  binaryPath: () => '@google/gemini-cli/bundle/gemini.js',
  versionOutput: '0.61.0',
};

/**
 * Claude Code behind the Agent Client Protocol, made by others: here it stands for any agent a person adds. Its optional package is a Claude Code of
 * its own; CLAUDE_CODE_EXECUTABLE names the one that is there already.
 */
const claudeAgentAcp: AgentCli = {
  name: 'claude-agent-acp',
  packageName: '@agentclientprotocol/claude-agent-acp',
  version: '0.100.0',
  binaryPath: () => '@agentclientprotocol/claude-agent-acp/dist/index.js',
  versionOutput: '0.100.0',
  omitOptional: true,
};

export const agentClis = [claude, codex, gemini, claudeAgentAcp] as const satisfies readonly AgentCli[];
