import { z } from 'zod';
import { ProviderId } from './ids.ts';
import { Saying } from './saying.ts';

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
  /** `goal`: the session pursues its goal by itself. */
  kind: z.enum(['owner', 'device', 'api_key', 'login', 'rule', 'mode', 'goal', 'app']),
  /** Id of the key, device or rule. */
  id: z.string().max(200).optional(),
  /** Name as the owner gave it, e.g. "Pixel 9" or "nightly script". */
  name: z.string().max(200).optional(),
  /** The door it came through. */
  via: z.enum(['window', 'browser', 'websocket', 'http', 'cli', 'app', 'sealed', 'ductor', 'unix']),
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

/** A rule as a person asks for it. */
export const RuleRequest = RuleMatch.omit({ label: true }).extend({
  tool: z.string().trim().min(1).max(200),
  /** Absent: made from the rest. */
  label: z.string().max(300).optional(),
  /** It may cover everything a tool can do that runs programs, or every file of this machine. Needs the scope `admin`. */
  unlimited: z.boolean().optional(),
});
export type RuleRequest = z.infer<typeof RuleRequest>;

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

/** How long a model thinks, in the CLI's own word: "low", "high", "xhigh" ... */
export const Effort = z.string().min(1).max(50);
export type Effort = z.infer<typeof Effort>;

export const ModelInfo = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  /** Levels of reasoning effort this model takes, lowest first; absent: none can be chosen. */
  efforts: z.array(Effort).optional(),
  default_effort: Effort.optional(),
  /** Tokens. */
  context_window: z.number().int().positive().optional(),
});
export type ModelInfo = z.infer<typeof ModelInfo>;

/** An image or a file that goes with a prompt. Its bytes are kept once, by their SHA-256. */
export const Attachment = z.object({
  /** SHA-256 of the bytes, hex. */
  attachment_id: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1).max(255),
  media_type: z.string().min(1).max(100),
  bytes: z.number().int().nonnegative(),
});
export type Attachment = z.infer<typeof Attachment>;

/** A slash command of the CLI. `name` without the slash. */
export const SlashCommand = z.object({
  name: z.string().min(1).max(200),
  description: z.string().max(2000),
  /** What may follow it, e.g. "[instructions]". */
  hint: z.string().max(500).optional(),
});
export type SlashCommand = z.infer<typeof SlashCommand>;

/** One window of what the plan of the account allows, e.g. five hours or a week. */
export const PlanLimit = z.object({
  /** The CLI's own name, e.g. "five_hour". */
  id: z.string().max(100),
  /** For people, e.g. "5 hours". */
  label: z.string().max(100),
  state: z.enum(['ok', 'warning', 'reached']),
  used_percent: z.number().min(0).max(100).optional(),
  /** Milliseconds since 1970. */
  resets_at: z.number().int().optional(),
});
export type PlanLimit = z.infer<typeof PlanLimit>;

/** One way to answer a permission request, as the CLI offers it (the Agent Client Protocol's `PermissionOption`). */
export const ApprovalOption = z.object({
  option_id: z.string().max(200),
  label: z.string().max(300),
  kind: z.enum(['allow_once', 'allow_always', 'reject_once', 'reject_always']),
});
export type ApprovalOption = z.infer<typeof ApprovalOption>;

/** How far a goal may go by itself; null: no limit. */
export const GoalLimits = z.object({
  turns: z.number().int().min(1).max(1000).nullable(),
  minutes: z.number().min(1).max(10_080).nullable(),
  cost_usd: z.number().min(0.01).max(10_000).nullable(),
});
export type GoalLimits = z.infer<typeof GoalLimits>;

/** `active`: the next turn starts by itself. `paused`: waits for a person. The others are ends, each with its reason. */
export const GoalStatus = z.enum(['active', 'paused', 'complete', 'blocked', 'cancelled', 'out_of_budget']);
export type GoalStatus = z.infer<typeof GoalStatus>;

/** An objective that a session pursues over many turns. */
export const Goal = z.object({
  goal_id: z.string().regex(/^goal_[A-Za-z0-9_-]{8,64}$/),
  objective: z.string().min(1).max(4000),
  status: GoalStatus,
  /** Why it is as it is: what blocks it, which limit was reached, who stopped it. */
  reason: z.string().max(2000).optional(),
  /** Names `reason`, where it is the app's and not the agent's. */
  reason_say: Saying.optional(),
  limits: GoalLimits,
  /** Counted from the goal's start; `ms` is time in turns. */
  spent: z.object({
    turns: z.number().int(),
    ms: z.number().int(),
    cost_usd: z.number(),
    input_tokens: z.number().int(),
    output_tokens: z.number().int(),
  }),
  /** What the agent reported, newest last, at most 50 kept. */
  progress: z.array(
    z.object({ ts: z.number().int(), text: z.string().max(2000), evidence: z.string().max(4000).optional() }),
  ),
  /** 0 to 1, where the agent says it. */
  fraction: z.number().min(0).max(1).optional(),
  started_at: z.number().int(),
  ended_at: z.number().int().optional(),
});
export type Goal = z.infer<typeof Goal>;

/** What a provider can do; features ask for these, never for a name. `docs/providers.md` is generated from them. */
export const Capabilities = z.object({
  /** A conversation goes on after the CLI's process has ended. */
  resume: z.boolean(),
  /** The CLI itself can branch a conversation at its end. */
  fork: z.boolean(),
  /** Words can be put into the running turn. */
  steer: z.boolean(),
  reasoning: z.boolean(),
  set_model: z.boolean(),
  /** Reasoning effort can be chosen. */
  set_effort: z.boolean(),
  set_mode: z.boolean(),
  images: z.boolean(),
  /** Files other than images are understood; without it they are offered to the agent by their path. */
  files: z.boolean(),
  slash_commands: z.boolean(),
  /** The agent asks questions that are answered in place. */
  questions: z.boolean(),
  /** The agent keeps a plan. */
  plan: z.boolean(),
  sub_agents: z.boolean(),
  /** Output of a command arrives while it runs (`live`), when it has ended (`end`), or never. */
  tool_output: z.enum(['live', 'end', 'none']),
  exit_codes: z.boolean(),
  /** Tokens are counted. */
  usage: z.boolean(),
  cost: z.boolean(),
  /** How full the context is. */
  context: z.boolean(),
  plan_limits: z.boolean(),
  compaction: z.boolean(),
  /** The CLI takes tool servers (Model Context Protocol over HTTP) for one session. */
  mcp_servers: z.boolean(),
  /** `native`: the CLI pursues goals itself. `tools`: through the app's tool server. `words`: the agent is asked in words only. */
  goals: z.enum(['native', 'tools', 'words', 'none']),
  modes: z.array(PermissionMode),
});
export type Capabilities = z.infer<typeof Capabilities>;

/** A provider that can do nothing: what one can do is added to it. */
export const noCapabilities: Capabilities = {
  resume: false,
  fork: false,
  steer: false,
  reasoning: false,
  set_model: false,
  set_effort: false,
  set_mode: false,
  images: false,
  files: false,
  slash_commands: false,
  questions: false,
  plan: false,
  sub_agents: false,
  tool_output: 'none',
  exit_codes: false,
  usage: false,
  cost: false,
  context: false,
  plan_limits: false,
  compaction: false,
  mcp_servers: false,
  goals: 'none',
  modes: [],
};

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
  problem: z
    .object({ say: Saying.optional(), message: z.string(), next: z.string(), command: z.string().optional() })
    .optional(),
  /** Whether this version is one the app was tried with. */
  known_good: z.enum(['tried', 'newer', 'older']).optional(),
  /** The package on npm that brings the CLI, where there is one. */
  npm_package: z.string().optional(),
  /** Signs the CLI in, in a terminal. */
  sign_in_command: z.string().optional(),
  /** Environment variable by which the CLI takes an API key; absent: it takes none from the app. */
  key_variable: z.string().optional(),
  /** The app keeps an API key for this provider. */
  key_stored: z.boolean().optional(),
  /** The app itself installed it, into its own folder. */
  own: z.boolean().optional(),
  /** Another installation that was found first and is not used, because it is too old or broken. */
  passed_over: z
    .object({ path: z.string(), version: z.string().optional(), state: z.enum(['too_old', 'broken']) })
    .optional(),
  /** A command line the person added, spoken to by the Agent Client Protocol. */
  custom: z.boolean().optional(),
  models: z.array(ModelInfo),
  capabilities: Capabilities,
});
export type ProviderInfo = z.infer<typeof ProviderInfo>;
