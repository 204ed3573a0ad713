import type { ModelEvent } from '../play.ts';
import type { GenerateRequest, JsonSchema } from './read.ts';

/**
 * Whether the CLI asks for itself (which model to take, whether the agent turns in circles, a summary): no tools are offered, or the answer has a
 * schema. Such a request never runs a script, although the markers of the prompt may stand in it.
 */
export function isSideRequest(request: GenerateRequest): boolean {
  return schemaOf(request) !== undefined || (request.tools?.length ?? 0) === 0;
}

/** A harmless answer: the smallest JSON that fits the schema, or a word. */
export async function* sideAnswer(request: GenerateRequest): AsyncGenerator<ModelEvent, void, undefined> {
  const schema = schemaOf(request);
  yield { type: 'text_start' };
  yield { type: 'delta', text: schema === undefined ? 'Scripted' : JSON.stringify(smallest(schema)) };
  yield { type: 'block_end' };
  yield { type: 'end', stopReason: 'end_turn', outputTokens: 1, usage: {} };
}

function schemaOf({ generationConfig }: GenerateRequest): JsonSchema | undefined {
  return generationConfig?.responseJsonSchema ?? generationConfig?.responseSchema;
}

/** Google writes the types in capitals. */
function smallest(schema: JsonSchema): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type?.toLowerCase()) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, value]) => [name, smallest(value)]),
      );
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return 1;
    default:
      return 'Scripted';
  }
}
