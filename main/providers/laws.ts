import type { ProviderEvent } from '../orchestrator/ports.ts';
import { limits } from '../protocol/limits.ts';

/** What a CLI may say before it is known whether it can go on with its conversation. */
const beforeAnything: ReadonlySet<string> = new Set(['notice', 'commands', 'plan_limits', 'mode']);

/**
 * What the events of one provider session must obey, whatever the CLI behind it does. Pure.
 * @param prompts - how many turns were begun.
 * @returns one sentence for each breach; empty when all is well.
 */
export function brokenLaws(events: readonly ProviderEvent[], prompts: number): string[] {
  const broken: string[] = [];
  const breach = (at: number, what: string) => broken.push(`event ${at} (${events[at]?.type}): ${what}`);
  const finished = new Set<string>();
  const openTools = new Map<string, string>();
  const seenTools = new Set<string>();
  const requests = new Set<string>();
  let ends = 0;
  let turnFrom = 0;
  let closedAt = -1;

  for (const [at, event] of events.entries()) {
    if (closedAt >= 0) breach(at, `comes after "closed" (event ${closedAt})`);
    switch (event.type) {
      case 'item_delta':
        if (event.text === '') breach(at, 'an empty delta');
        if (finished.has(event.item_id)) breach(at, `the item ${event.item_id} is finished`);
        checkId(at, event.item_id);
        break;
      case 'item_replace':
        if (finished.has(event.item_id)) breach(at, `the item ${event.item_id} is finished`);
        break;
      case 'text':
      case 'reasoning':
        if (finished.has(event.item_id)) breach(at, `the item ${event.item_id} is finished twice`);
        finished.add(event.item_id);
        checkId(at, event.item_id);
        break;
      case 'tool_start':
        if (seenTools.has(event.tool_call_id)) breach(at, `the tool call ${event.tool_call_id} starts twice`);
        seenTools.add(event.tool_call_id);
        openTools.set(event.tool_call_id, event.title);
        checkId(at, event.tool_call_id);
        if (event.title === '') breach(at, 'a tool call without a title');
        if (event.title.length > 1000) breach(at, 'a title of more than 1000 characters');
        break;
      case 'tool_end':
        if (!openTools.delete(event.tool_call_id)) breach(at, `the tool call ${event.tool_call_id} is not open`);
        if (event.duration_ms !== undefined && !(event.duration_ms >= 0)) breach(at, 'a negative duration');
        break;
      case 'file_edit':
        if (!openTools.has(event.tool_call_id)) breach(at, `the tool call ${event.tool_call_id} is not open`);
        break;
      case 'approval_request':
        if (!openTools.has(event.tool_call_id)) breach(at, `the tool call ${event.tool_call_id} is not open`);
        if (requests.has(event.ref)) breach(at, `the request ${event.ref} is made twice`);
        requests.add(event.ref);
        if (event.kind === 'question' && (event.questions?.length ?? 0) === 0)
          breach(at, 'a question without questions');
        break;
      case 'approval_withdrawn':
        if (!requests.has(event.ref)) breach(at, `nobody made the request ${event.ref}`);
        break;
      case 'notice':
        if (event.text === '' || event.text.length > 4000) breach(at, 'a text of 1 to 4000 characters is due');
        if ((event.raw?.length ?? 0) > limits.rawLineChars) breach(at, 'the raw line is longer than allowed');
        break;
      case 'usage':
        for (const value of [
          event.input_tokens,
          event.output_tokens,
          event.cached_tokens ?? 0,
          event.context_tokens ?? 0,
        ]) {
          if (!Number.isInteger(value) || value < 0) breach(at, `${value} is not a number of tokens`);
        }
        break;
      case 'resume_lost':
        // Comes instead of the turn's end, and before anything ran.
        ends += 1;
        if (event.text === '') breach(at, 'words are due');
        if (events.slice(turnFrom, at).some((one) => !beforeAnything.has(one.type))) {
          breach(at, 'something was said or done in this turn before');
        }
        if (events[at + 1] !== undefined && events[at + 1]?.type !== 'closed') breach(at + 1, '"closed" is due');
        turnFrom = at + 1;
        break;
      case 'commands':
        for (const { name } of event.commands) {
          if (name === '' || name.startsWith('/') || name !== name.trim())
            breach(at, `"${name}" is not the name of a command`);
        }
        break;
      case 'plan_limits':
        for (const { used_percent = 0 } of event.limits) {
          if (!(used_percent >= 0 && used_percent <= 100)) breach(at, `${used_percent} is not a percentage`);
        }
        break;
      case 'turn_end':
        ends += 1;
        turnFrom = at + 1;
        for (const [id] of openTools) breach(at, `the tool call ${id} is still open`);
        if (event.status === 'failed' && !event.problem?.next)
          breach(at, 'a failure that does not say what to do next');
        break;
      case 'closed':
        closedAt = at;
    }
  }
  if (ends !== prompts) broken.push(`${prompts} turns were begun, ${ends} ended`);
  return broken;

  function checkId(at: number, id: string): void {
    if (id.length < 1 || id.length > 200) breach(at, 'an id of 1 to 200 characters is due');
  }
}
