import { type Fields, list, string } from '../shared/fields.ts';
import { isToolCall, toolOf } from './approval-requests.ts';
import { type ToolItem, toolItem } from './tool-items.ts';

/** Requests that become questions to a person, and the tool call they are about when the CLI has not told one. */
export const requestTools: { readonly [method: string]: (params: Fields, cwd: string) => ToolItem } = {
  'item/commandExecution/requestApproval': (params, cwd) =>
    toolItem({ ...params, type: 'commandExecution' }, cwd) as ToolItem,
  'item/fileChange/requestApproval': (params, cwd) => toolItem({ ...params, type: 'fileChange' }, cwd) as ToolItem,
  'item/permissions/requestApproval': ({ permissions }) => ({
    tool: 'request_permissions',
    kind: 'other',
    title: 'More permissions',
    input: { permissions },
  }),
  'item/tool/requestUserInput': ({ questions }) => ({
    tool: 'request_user_input',
    kind: 'question',
    title: titleOf(list(questions)[0]),
    input: { questions },
  }),
  'mcpServer/elicitation/request': (params) =>
    isToolCall(params)
      ? { tool: toolOf(params), kind: 'other', title: toolOf(params), input: {} }
      : {
          tool: `${string(params.serverName) ?? 'mcp'}: question`.slice(0, 200),
          kind: 'question',
          title: string(params.message)?.slice(0, 300) || 'Question',
          input: { message: params.message ?? null },
        },
};

function titleOf(question: unknown): string {
  return string((question as Fields | undefined)?.question)?.slice(0, 300) || 'Question';
}

/** The answer that says "no" in the words of the request; it is what the CLI's types foresee. */
export const refusals: { readonly [method: string]: object } = {
  'item/commandExecution/requestApproval': { decision: 'decline' },
  'item/fileChange/requestApproval': { decision: 'decline' },
  'item/permissions/requestApproval': { permissions: {}, scope: 'turn' },
  'item/tool/requestUserInput': { answers: {} },
  'mcpServer/elicitation/request': { action: 'decline', content: null, _meta: null },
};
