/** A valid frame of every type a client may send, made from the schemas themselves: tests over all of them need no list of their own. */
import { type ClientFrame, clientFrames } from './frames.ts';

interface Schema {
  safeParse(value: unknown): { success: boolean };
  shape?: Record<string, Schema>;
  options?: readonly Schema[];
}

const id = '12345678';
/** One of these fits every field that a frame must have. */
const candidates: readonly unknown[] = [
  undefined,
  ...['x', '/x', ...['ses', 'turn', 'q', 'apr', 'rule', 'goal', 'msg', 'item'].map((prefix) => `${prefix}_${id}`)],
  ...[`command-${id}`, 'a'.repeat(64), 'a-secret-key', 'text/plain', 'https://id.example', 'me@id.example', 'YQ=='],
  ...[0, 1, 2_000_000_000_000, true, false, null, [], {}],
];
const words = ['ask', 'chat', 'allow_once', 'reload', 'pause', 'read', 'any', 'exact', 'link'];

function sample(schema: Schema): unknown {
  for (const value of [...candidates, ...words, ...words.map((word) => [word])]) {
    if (schema.safeParse(value).success) return value;
  }
  if (Array.isArray(schema.options) && typeof schema.options[0] === 'object') return sample(schema.options[0]);
  if (!schema.shape) throw new Error('No sample fits this field: add a candidate.');
  return Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, sample(field)]));
}

/** By type. Only what a frame must have is in it. */
export const sampleFrames: ReadonlyMap<string, ClientFrame> = new Map(
  [...clientFrames].map(([type, schema]) => {
    const { shape } = schema as unknown as { shape: Record<string, Schema> };
    const frame = Object.fromEntries(
      Object.entries(shape).map(([name, field]) => {
        if (name === 'type') return [name, type];
        try {
          return [name, sample(field)];
        } catch (cause) {
          throw new Error(`${type}.${name}`, { cause });
        }
      }),
    );
    const parsed = schema.safeParse(frame);
    if (!parsed.success) throw new Error(`${type}: ${parsed.error.message}`);
    return [type, frame as ClientFrame];
  }),
);
