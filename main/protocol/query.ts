import { z } from 'zod';
import { CommandId } from './ids.ts';

/** The frame of a question: it changes nothing in a session and may be asked again at will. `command_id` only correlates the answer. */
export const query = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), command_id: CommandId, ...shape });

/** Chosen by the client, the same for each try of one request; it counts for this client's credential alone. */
export const Once = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
