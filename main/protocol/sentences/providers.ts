import type { Plain, YesNo } from './plain.ts';

/** What fills the advice about one agent: Gemini CLI, or a command of the person's own. */
export interface AgentParts {
  agent: 'gemini' | 'command';
  /** The command that starts it; of Gemini the one that installs it. */
  line: string;
  /** Environment variable that takes its API key; empty: it takes none. */
  key: string;
}
type Agent = { name: string } & AgentParts;

/** What goes wrong with the CLIs, and what is said of them in the list of agents. */
export interface ProviderSentences {
  'cli.notInstalled': { name: string; command: string; variable: string };
  'cli.notUsable': { name: string; path: string; errno: string; variable: string };
  'cli.ended': { name: string; how: string; understood: YesNo; command: string };
  'cli.deaf': { name: string; fresh: YesNo };
  'cli.notUnderstood': { name: string };
  'cli.silent': { name: string; minutes: number };
  'cli.folderGone': { path: string };
  'cli.lineTooLong': { name: string; megabytes: number };
  /** `at`: seconds since 1970. */
  'cli.rateLimited': { plan: YesNo; at: number };
  'cli.modelUnknown': Plain;
  'cli.contextFull': Plain;
  'cli.apiFailed': { status: number };
  'cli.turnFailed': { name: string };

  'claude.notItsProtocol': { end: string };
  'claude.notSignedIn': { command: string };
  'claude.tooManySteps': Plain;
  'claude.attachmentRefused': Plain;
  'claude.noCredit': Plain;
  'claude.accountRefused': { command: string };

  'codex.notItsProtocol': { how: string };
  'codex.keyRefused': { command: string };
  'codex.silent': { minutes: number };
  'codex.notSignedIn': { command: string };
  'codex.cutShort': Plain;
  'codex.sandboxFailed': Plain;
  'codex.requestRefused': Plain;
  'codex.openElsewhere': Plain;

  'gemini.settingsNotWritten': { name: string; folder: string; code: string };

  'acp.notFound': Agent;
  'acp.notUsable': Agent & { path: string; errno: string };
  'acp.notItsProtocol': Agent & { how: string };
  'acp.ended': Agent & { how: string; understood: YesNo };
  'acp.notUnderstood': Agent;
  'acp.noHandshake': Agent & { seconds: number };
  'acp.notSignedIn': Agent;
  'acp.rateLimited': Plain;
  'acp.apiFailed': { status: number };
  'acp.emptyAnswer': { name: string };
  'acp.refused': { name: string };
  'acp.tooLong': { name: string };
  'acp.contextFull': { name: string };
  'acp.tooManySteps': { name: string };
  'acp.modeImpossible': { name: string; mode: string; why: string };

  'guide.defect': Plain;
  'guide.folderGone': { path: string };
  'guide.failed': Plain;

  /** In the list of agents, where nobody has sent a message yet. */
  'hint.noAnswer': { name: string; path: string; why: string; variable: string };
  'hint.tooOld': { name: string; version: string; oldest: string };
  'hint.notSignedIn': { name: string };
  'hint.noCredential': Agent;
  'hint.lookFailed': { name: string; why: string };
  'next.pressInstall': Plain;
  'next.reinstall': { name: string; path: string; errno: string; variable: string };
  'next.agentCommand': Agent & { path: string; errno: string };

  /** When a custom agent is tried. */
  'check.notStarted': { name: string };
  'check.noSession': { name: string };
  'next.installAgent': Agent;
  'next.signInAgent': Agent;
  'next.protocolOption': Agent;
  'next.lookAtOutput': Agent;

  'agents.noFolder': { name: string; folder: string };
  'agents.gone': Plain;
  'agents.nameTaken': { id: string };
  'keys.notTaken': { name: string };
  'keys.notAKey': { name: string };
  'keys.none': Plain;
  'keys.notHere': { box: string };
  'keys.unreadable': { reason: 'gone' | 'damaged' | 'other_key'; path: string };
  'keys.keychainRefused': { how: 'not_taken' | 'other' | 'not_given' };
  'keys.file': { path: string; what: 'unreadable' | 'link' | 'no_file' | 'foreign' | 'no_key' | 'unwritable' };
  'install.notOnNpm': { name: string };
  'install.noJob': Plain;
  'signIn.noCommand': { name: string };
  'terminal.none': { command: string };
  'terminal.noScript': { file: string; command: string };
  'terminal.noScreen': { command: string };
}
