import type { Fields } from '../claude/wire.ts';
import { type ToolItem, toolItem } from './tool-items.ts';

/** Requests that become questions to a person, and the tool call they are about when the CLI has not told one. */
export const requestTools: { readonly [method: string]: (params: Fields, cwd: string) => ToolItem } = {
  'item/commandExecution/requestApproval': (params, cwd) =>
    toolItem({ ...params, type: 'commandExecution' }, cwd) as ToolItem,
  'item/fileChange/requestApproval': (params, cwd) => toolItem({ ...params, type: 'fileChange' }, cwd) as ToolItem,
  'item/tool/requestUserInput': ({ questions }) => ({
    tool: 'request_user_input',
    kind: 'question',
    title: 'Question',
    input: { questions },
  }),
};

/** A plain "no" to what this app has no place for yet; it is the answer that the CLI's types foresee. */
export const refusals: { readonly [method: string]: object } = {
  'item/permissions/requestApproval': { permissions: {}, scope: 'turn' },
  'mcpServer/elicitation/request': { action: 'decline', content: null, _meta: null },
};
