import type { ModelEvent } from '../play.ts';
import { asksForSummary, type JsonSchema, type MessagesRequest } from './read.ts';

/**
 * Whether the CLI asks for itself (a title, a topic, a summary of a page): no tools are offered, and either the answer has a schema or the
 * small model is asked; or a summary to go on from is wanted, for which the tools stay. Such a request never runs a script, although the markers of the prompt may stand in it.
 */
export function isSideRequest(request: MessagesRequest): boolean {
  if (asksForSummary(request)) return true;
  if ((request.tools?.length ?? 0) > 0) return false;
  return request.output_config?.format !== undefined || /haiku/i.test(request.model ?? '');
}

/** A harmless answer: the smallest JSON that fits the schema, or a short sentence. */
export async function* sideAnswer(request: MessagesRequest): AsyncGenerator<ModelEvent, void, undefined> {
  const schema = request.output_config?.format?.schema;
  yield { type: 'text_start' };
  yield { type: 'delta', text: schema === undefined ? 'Scripted' : JSON.stringify(smallest(schema)) };
  yield { type: 'block_end' };
  yield { type: 'end', stopReason: 'end_turn', outputTokens: 1, usage: {} };
}

function smallest(schema: JsonSchema): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [name, smallest(property)]),
      );
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return 0;
    default:
      return 'Scripted';
  }
}
