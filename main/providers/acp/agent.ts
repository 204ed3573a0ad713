import type { Problem } from '../../protocol/errors.ts';
import type { AgentParts } from '../../protocol/sentences/providers.ts';
import type { StartCli } from '../process/cli-process.ts';
import type { StartTerminal } from './terminal-process.ts';

/** How one agent is started, and where it differs from what the protocol says. */
export interface AcpAgent {
  /** For people: "Gemini CLI". */
  name: string;
  /** What there is to start; a problem when there is nothing. */
  command(
    runId: string,
  ): { file: string; args: readonly string[]; env: { [name: string]: string } } | { problem: Problem };
  quirks: AcpQuirks;
  words: AgentWords;
}

export interface AcpQuirks {
  /** May a session be taken up again (`session/resume`, `session/load`)? False where that is known to destroy it. */
  resumes: boolean;
  /** Does an `end_turn` after this mean that the answer was lost, or cut off, without a word about it? */
  isLost?(said: SaidInTurn): boolean;
  /** After a broken stream the agent begins its answer again, without a mark. Milliseconds it waits at least before it does; null: never. */
  repeatsAfterMs: number | null;
  /** The agent's own name of the tool, where the protocol's `name` is missing. */
  toolName?(toolCallId: string): string | undefined;
  /** Is this a tool of that server, one of those we gave the session? Then nobody has to allow it. */
  isToolOf?(server: string, call: { tool: string; title: string }): boolean;
  /** The title of this tool's calls is the exact command that will run. */
  titleIsCommand?(tool: string): boolean;
  /** A chunk of text that the agent does not mean for people. */
  isNoise?(text: string): boolean;
  /** What a chunk of thought adds to the thought so far. */
  thought?(text: string, before: string): string;
}

/** What an agent said in a turn that it calls finished. */
export interface SaidInTurn {
  prompt: string;
  text: boolean;
  /** Words after its last tool call, or at all where there was none. */
  afterTools: boolean;
  tools: boolean;
  usage: { input_tokens: number; output_tokens: number } | null;
}

/** What a person can do about this agent; whole sentences. */
export interface AgentWords {
  install: string;
  signIn: string;
  /** Where the same message can be seen without us. */
  tryIt: string;
  /** Said when it is silent for long. */
  silence: string;
  /** Why an earlier conversation is not taken up, when it never is. */
  noResume: string;
  /** What fills the same sentences in other languages. */
  say: AgentParts;
}

/** Where agents are started. */
export interface AcpHost {
  /** Our own environment; what of it an agent gets is decided in `cliEnvironment`. */
  env: NodeJS.ProcessEnv;
  /** The person's home folder. */
  home: string;
  /** Names this app's runs, so that its next life finds them. See `instanceName`. */
  instance: string;
  startCli: StartCli;
  /** Runs commands for agents that do not run their own; real processes where it is not given. */
  startTerminal?: StartTerminal;
}

/** The tools of the app's own server (`goals/goal-tools.ts`). */
const goalTools: ReadonlySet<string> = new Set(['report_progress', 'complete_goal', 'block_goal']);

export const plainQuirks: AcpQuirks = {
  resumes: true,
  repeatsAfterMs: null,
  // As most agents name the tools of a server. The whole name and nothing else: a title may be words of the model, such as a command line.
  isToolOf: (server, { tool, title }) =>
    [tool, title].some((name) => {
      const [, of, method = ''] = /^mcp__(\w+?)__(\w+)$/.exec(name) ?? [];
      return of === server && goalTools.has(method);
    }),
};
