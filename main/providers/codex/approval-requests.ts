import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { resolvePath } from '../resolve-links.ts';
import { type Fields, fields, string } from '../shared/fields.ts';
import { commandOffers, fileOffers, type Offer, permissionOffers, toolOffers } from './approval-options.ts';
import { areOrdinary, commandRule, editRule } from './approval-rule.ts';
import { commonPath, touchedPaths } from './changes.ts';
import { type Asked, elicitation, userInput } from './questions.ts';
import { unwrapCommand } from './shell-command.ts';
import type { ToolItem } from './tool-items.ts';

type ApprovalRequest = Extract<ProviderEvent, { type: 'approval_request' }>;

/** A request of the CLI as a person gets it, and the answers it can be given. */
export interface Described {
  shown: Omit<ApprovalRequest, 'type' | 'ref' | 'tool_call_id' | 'options'>;
  /** The first that allows is "once"; one that is called `decline` is there. */
  offers: readonly Offer[];
  /** Of a question; then there are no offers. */
  asked?: Asked;
  /** A change inside the folder that touches nothing others obey. */
  ordinary?: boolean;
}

export interface Place {
  cwd: string;
  home: string;
}

/** What runs without the sandbox is another thing than what runs inside it: a rule for one does not cover the other. */
const outsideSandbox = 'shell (outside the sandbox)';
const reasonChars = 4000;

const because = (reason: string | undefined) =>
  reason === undefined || reason === '' ? {} : { reason: reason.slice(0, reasonChars) };

/** `item/commandExecution/requestApproval`. */
export function describeCommand(params: Fields, item: ToolItem | undefined, { cwd }: Place): Described {
  const given = string(params.command);
  const command = given === undefined ? item?.command : unwrapCommand(given);
  const reason = string(params.reason);
  const network = fields(params.networkApprovalContext);
  // A command asks for more than to be run: for the network, for further folders, to be typed into.
  const special =
    (params.kind !== undefined && params.kind !== 'command') ||
    Object.keys(network).length > 0 ||
    Object.keys(fields(params.additionalPermissions)).length > 0;
  const host = string(network.host);
  const why = host === undefined ? reason : `Network access to ${host}. ${reason ?? ''}`.trim();
  const tool = reason === undefined || reason === '' ? 'shell' : outsideSandbox;
  // A folder of its own makes it another command than the one a rule names.
  const folder = string(params.cwd);
  return {
    shown: {
      tool,
      kind: 'execute',
      title: item?.title ?? (command || 'Command').slice(0, 300),
      input: { command: command ?? '', ...(folder === undefined || folder === cwd ? {} : { cwd: folder }) },
      rule:
        command === undefined || special ? null : commandRule(tool, command, params.proposedExecpolicyAmendment, cwd),
      ...(command === undefined ? {} : { command }),
      ...because(why),
    },
    offers: commandOffers(params),
  };
}

/** `item/fileChange/requestApproval`: what changes stands in the tool call it is about. */
export async function describeChange(params: Fields, item: ToolItem | undefined, place: Place): Promise<Described> {
  const changes = item?.changes ?? [];
  const [cwd = place.cwd, home = place.home, ...paths] = await Promise.all(
    [place.cwd, place.home, ...touchedPaths(changes)].map((path) => resolvePath(path)),
  );
  const root = string(params.grantRoot);
  const ordinary = root === undefined && areOrdinary(paths, cwd);
  const tool = item?.tool ?? 'apply_patch';
  const path = ordinary ? commonPath(paths) : undefined;
  const diffs = changes.map((change) => change.diff);
  const reasons = [string(params.reason), root === undefined ? undefined : `Asks to write anywhere in ${root}.`];
  return {
    shown: {
      tool,
      kind: item?.kind ?? 'edit',
      title: item?.title ?? 'Change files',
      input: item?.input ?? {},
      rule: ordinary ? editRule(tool, paths, cwd, home) : null,
      ...(diffs[0] === undefined ? {} : { diff: diffs[0] }),
      ...(diffs.length > 1 ? { diffs } : {}),
      ...(path === undefined ? {} : { path }),
      ...because(reasons.filter(Boolean).join(' ')),
    },
    offers: fileOffers,
    ordinary,
  };
}

/** `item/permissions/requestApproval`: folders or the network for what comes. */
export function describePermissions(params: Fields): Described {
  const permissions = fields(params.permissions);
  return {
    shown: {
      tool: 'request_permissions',
      kind: 'other',
      title: 'More permissions',
      input: permissions,
      rule: null,
      ...because(string(params.reason)),
    },
    offers: permissionOffers(
      Object.fromEntries(Object.entries(permissions).filter(([, value]) => value !== null && value !== undefined)),
    ),
  };
}

/** True for an elicitation with which Codex itself asks whether a tool of an MCP server may be called. */
export const isToolCall = (params: Fields) => fields(params._meta).codex_approval_kind === 'mcp_tool_call';

/** The tool such an elicitation is about, by the name its call is shown with. */
export function toolOf(params: Fields): string {
  const name = string(fields(params._meta).tool_name) ?? 'tool';
  return `${string(params.serverName) ?? 'mcp'}: ${name}`.slice(0, 200);
}

/** `mcpServer/elicitation/request` about a tool call. */
export function describeToolCall(params: Fields): Described {
  const meta = fields(params._meta);
  const tool = toolOf(params);
  return {
    shown: {
      tool,
      kind: 'other',
      title: tool.slice(0, 300),
      input: meta.tool_params ?? {},
      rule: { tool, match: 'any', pattern: '', label: tool.slice(0, 300) },
      ...because(string(meta.tool_description)),
    },
    offers: toolOffers(meta.persist),
  };
}

/** `item/tool/requestUserInput`, or `mcpServer/elicitation/request` of a server. @returns null when nobody can answer it. */
export function describeQuestion(method: string, params: Fields): Described | null {
  const isInput = method === 'item/tool/requestUserInput';
  const asked = isInput ? userInput(params) : elicitation(params);
  if (asked === null || asked.questions.length === 0) return null;
  return {
    shown: {
      tool: isInput ? 'request_user_input' : `${string(params.serverName) ?? 'mcp'}: question`.slice(0, 200),
      kind: 'question',
      title: asked.questions[0]?.question.slice(0, 300) || 'Question',
      input: { questions: asked.questions },
      rule: null,
      questions: asked.questions,
    },
    offers: [],
    asked,
  };
}
