import { z } from 'zod';
import { ProviderId } from './ids.ts';

/** How much the agent may do without asking. `full` never asks; `plan` never changes anything. */
export const PermissionMode = z.enum(['ask', 'accept-edits', 'plan', 'full']);
export type PermissionMode = z.infer<typeof PermissionMode>;

/** What a tool call does, in the words of the Agent Client Protocol's `ToolKind`. */
export const ToolKind = z.enum([
  'read',
  'edit',
  'delete',
  'move',
  'search',
  'execute',
  'think',
  'fetch',
  'plan',
  'agent',
  'question',
  'other',
]);
export type ToolKind = z.infer<typeof ToolKind>;

/** Who did something, as the record keeps it. */
export const Actor = z.object({
  kind: z.enum(['owner', 'device', 'api_key', 'login', 'rule', 'mode', 'app']),
  /** Id of the key, device or rule. */
  id: z.string().max(200).optional(),
  /** Name as the owner gave it, e.g. "Pixel 9" or "nightly script". */
  name: z.string().max(200).optional(),
  /** The door it came through. */
  via: z.enum(['window', 'browser', 'websocket', 'http', 'cli', 'app']),
});
export type Actor = z.infer<typeof Actor>;

/** One hunk of a unified diff. `lines` keep their first character: space, `+` or `-`. Line numbers start at 1. */
export const DiffHunk = z.object({
  old_start: z.number().int(),
  old_lines: z.number().int(),
  new_start: z.number().int(),
  new_lines: z.number().int(),
  lines: z.array(z.string()),
});
export type DiffHunk = z.infer<typeof DiffHunk>;

export const FileDiff = z.object({
  /** Absolute path. */
  path: z.string().max(4096),
  change: z.enum(['create', 'update', 'delete']),
  added: z.number().int().nonnegative(),
  removed: z.number().int().nonnegative(),
  hunks: z.array(DiffHunk),
  /** True when the diff was cut because it is very large. */
  truncated: z.boolean().optional(),
});
export type FileDiff = z.infer<typeof FileDiff>;

export const PlanEntry = z.object({ text: z.string(), status: z.enum(['pending', 'in_progress', 'completed']) });
export type PlanEntry = z.infer<typeof PlanEntry>;

/**
 * What "Allow for this session" and "Always allow" would cover, exactly. A request matches when `tool` is equal and:
 * `exact`: the command (or the input's canonical JSON) is equal; `prefix`: the command starts with `pattern` and the rest holds no shell
 * control character; `folder`: the path lies in `pattern`; `any`: always.
 */
export const RuleMatch = z.object({
  tool: z.string().max(200),
  match: z.enum(['exact', 'prefix', 'folder', 'any']),
  pattern: z.string().max(20_000),
  /** Said on the button: "`npm test`", "edits in this folder". */
  label: z.string().max(300),
});
export type RuleMatch = z.infer<typeof RuleMatch>;

export const ApprovalDecision = z.enum(['allow_once', 'allow_session', 'allow_always', 'deny']);
export type ApprovalDecision = z.infer<typeof ApprovalDecision>;

/** A question of the agent with fixed choices (Claude Code's AskUserQuestion and its like). */
export const Question = z.object({
  question: z.string(),
  header: z.string().optional(),
  multiple: z.boolean(),
  options: z.array(z.object({ label: z.string(), description: z.string().optional() })),
});
export type Question = z.infer<typeof Question>;

export const ModelInfo = z.object({ id: z.string(), name: z.string(), description: z.string().optional() });
export type ModelInfo = z.infer<typeof ModelInfo>;

/** What a provider can do; features ask for these, never for a name. */
export const Capabilities = z.object({
  resume: z.boolean(),
  steer: z.boolean(),
  reasoning: z.boolean(),
  set_model: z.boolean(),
  set_mode: z.boolean(),
  images: z.boolean(),
  modes: z.array(PermissionMode),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** One CLI as it was found on this machine. */
export const ProviderInfo = z.object({
  id: ProviderId,
  name: z.string(),
  /** `ready`: can be used now. Others say what is missing. */
  state: z.enum(['ready', 'not_found', 'not_signed_in', 'too_old', 'broken', 'checking']),
  /** True for a provider that needs no account and no network. */
  built_in: z.boolean(),
  path: z.string().optional(),
  version: z.string().optional(),
  /** How it is signed in, e.g. "API key" or "Claude Max"; never the secret. */
  account: z.string().optional(),
  /** For a state other than `ready`: what to do, with a command to copy where there is one. */
  problem: z.object({ message: z.string(), next: z.string(), command: z.string().optional() }).optional(),
  models: z.array(ModelInfo),
  capabilities: Capabilities,
});
export type ProviderInfo = z.infer<typeof ProviderInfo>;
