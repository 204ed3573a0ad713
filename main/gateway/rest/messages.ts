import { z } from 'zod';
import type { DurableEvent } from '../../protocol/events.ts';
import { Actor, Attachment } from '../../protocol/values.ts';

/** A message in the shape chat clients know. */
export const RestMessage = z.object({
  role: z.enum(['user', 'assistant', 'tool']),
  content: z.string(),
  /** Milliseconds since 1970. */
  created_at: z.number().int(),
  seq: z.number().int(),
  turn_id: z.string().nullable(),
  /** Of `user`: who said it, from where. */
  by: Actor.optional(),
  attachments: z.array(Attachment).optional(),
  /** Of `tool`: which, and how it ended. */
  tool: z.string().optional(),
  status: z.string().optional(),
  /** Of the last `assistant` message of a turn: its tokens. */
  tokens_used: z.number().int().optional(),
});
export type RestMessage = z.infer<typeof RestMessage>;

/** What was said, from the events of a session; in order. */
export function messagesOf(events: readonly DurableEvent[]): RestMessage[] {
  const messages: RestMessage[] = [];
  for (const event of events) {
    const place = { created_at: event.ts, seq: event.seq, turn_id: event.turn_id };
    if (event.type === 'user_message') {
      messages.push({ role: 'user', content: event.text, ...place, by: event.by, attachments: event.attachments });
    } else if (event.type === 'text' && event.parent_tool_call_id === undefined) {
      messages.push({ role: 'assistant', content: event.text, ...place });
    } else if (event.type === 'tool_activity' && event.phase === 'end' && event.parent_tool_call_id === undefined) {
      const { tool, title, status } = event;
      messages.push({ role: 'tool', content: title, ...place, tool, status });
    } else if (event.type === 'usage') {
      const last = messages.findLast(({ role, turn_id }) => role === 'assistant' && turn_id === event.turn_id);
      if (last) last.tokens_used = (last.tokens_used ?? 0) + event.input_tokens + event.output_tokens;
    }
  }
  return messages;
}
