/**
 * Claude Code's stream-json protocol, as far as it is used here: one JSON object a line, both ways. It is not documented as a contract and
 * grows with every version, so nothing that comes in is believed to have a shape: it is read through `shared/fields.ts`.
 */

/** Line and paragraph separators are legal inside a JSON string, but many line readers (Node's own) end a line at them. */
const line = (value: object) =>
  `${JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;

/** A prompt, or words for the running turn. The CLI reports what it does with it under `uuid` (`command_lifecycle`). */
export function userLine(content: string | readonly object[], uuid: string): string {
  return line({ type: 'user', message: { role: 'user', content }, parent_tool_use_id: null, uuid });
}

export function controlRequestLine(requestId: string, request: { subtype: string; [field: string]: unknown }): string {
  return line({ type: 'control_request', request_id: requestId, request });
}

/** Allows a tool call. `input` is what runs: the CLI takes it instead of the model's. */
export function allowLine(requestId: string, input: unknown, permissions?: readonly object[]): string {
  const response = { behavior: 'allow', updatedInput: input, updatedPermissions: permissions };
  return line({ type: 'control_response', response: { subtype: 'success', request_id: requestId, response } });
}

/** Answers a request that is no permission. */
export function answerLine(requestId: string, response: object): string {
  return line({ type: 'control_response', response: { subtype: 'success', request_id: requestId, response } });
}

/** Refuses a tool call; the model reads `message` and goes on. */
export function denyLine(requestId: string, message: string): string {
  const response = { behavior: 'deny', message };
  return line({ type: 'control_response', response: { subtype: 'success', request_id: requestId, response } });
}

/** Answers a request that we do not know; without an answer the CLI would wait for ever. */
export function refuseLine(requestId: string, error: string): string {
  return line({ type: 'control_response', response: { subtype: 'error', request_id: requestId, error } });
}
