import type { ApprovalAnswer, ProviderEvent } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { Question, ToolKind } from '../../protocol/values.ts';

/** What one line of the CLI means: events as they go on, and signals for the session that holds the process. */
export type Translated = ProviderEvent | Signal;

export type Usage = Omit<Extract<ProviderEvent, { type: 'usage' }>, 'type'>;

export type Signal =
  | PermissionSignal
  | FormSignal
  /** A request that only the CLI's own kind of host can answer. */
  | { type: 'cli_request'; requestId: string; subtype: string }
  /** The answer to a control request of ours. */
  | { type: 'cli_answer'; requestId: string; ok: boolean; answer: { readonly [name: string]: unknown }; error: string }
  /** The credential was refused; the CLI would try again for minutes. */
  | { type: 'cli_sign_in_refused'; words: string }
  /** The CLI begins a turn. */
  | { type: 'cli_turn' }
  /** What became of a line of ours. */
  | { type: 'cli_lifecycle'; uuid: string; state: string }
  /** The permission mode that holds now, in the CLI's words. */
  | { type: 'cli_mode'; mode: string }
  /** A command runs on for longer; its output can be asked for. */
  | { type: 'cli_command_runs'; taskId: string; toolCallId: string }
  /** Whether sub-agents work in the background; told when that changes. */
  | { type: 'cli_agents'; running: boolean }
  /** A turn of the CLI is over. */
  | { type: 'cli_result'; outcome: Outcome; usage: Usage | null };

export interface PermissionSignal {
  type: 'cli_permission';
  ref: string;
  tool_call_id: string;
  tool: string;
  kind: ToolKind;
  title: string;
  /** What the person is shown; the CLI's own input may hold less (`ExitPlanMode`). */
  input: unknown;
  /** Goes back to the CLI when the answer is yes. */
  cliInput: unknown;
  command?: string;
  /** Absolute, not yet resolved through links. */
  path?: string;
  reason?: string;
  questions?: Question[];
  suggestions: unknown;
}

/** A tool server asks the person for something, through the CLI (`elicitation`). */
export interface FormSignal {
  type: 'cli_form';
  ref: string;
  tool_call_id: string;
  tool: string;
  title: string;
  input: unknown;
  questions: Question[];
  /** What the CLI is told. */
  fillIn: (answer: ApprovalAnswer) => object;
}

export interface Outcome {
  status: 'completed' | 'failed' | 'aborted';
  problem?: Problem;
  /** The session to be resumed does not exist (any more). */
  resumeFailed: boolean;
}
