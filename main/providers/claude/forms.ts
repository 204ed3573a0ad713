import type { ApprovalAnswer } from '../../orchestrator/ports.ts';
import { fillIn, formOf } from '../shared/elicitation.ts';
import { type Fields, string } from '../shared/fields.ts';
import type { FormSignal } from './translated.ts';

const titleChars = 1000;

/** A request of a tool server for input (`elicitation`): a form, or a page to open. @returns null for one that nobody could answer. */
export function formRequest(ref: string, request: Fields): FormSignal | null {
  const server = (string(request.mcp_server_name) ?? 'tool server').slice(0, 190);
  const message = string(request.message) ?? '';
  const asked = {
    type: 'cli_form' as const,
    ref,
    tool_call_id: `form:${ref}`.slice(0, 200),
    tool: `mcp__${server}`,
    title: (message.split('\n')[0] || `Question of ${server}`).slice(0, titleChars),
    input: { server, message },
  };
  const url = string(request.url);
  if (request.mode === 'url' && url !== undefined) {
    const question = { question: `${message}\n${url}`, multiple: false, options: [{ label: 'Done' }] };
    const fill = ({ decision }: ApprovalAnswer) => ({ action: decision === 'deny' ? 'decline' : 'accept' });
    return { ...asked, input: { server, message, url }, questions: [question], fillIn: fill };
  }
  const form = formOf({ mode: request.mode ?? 'form', message, requestedSchema: request.requested_schema });
  if (form === null) return null;
  return { ...asked, questions: form.fields.map((field) => field.question), fillIn: (answer) => fillIn(form, answer) };
}
