import { z } from 'zod';
import { CommandId } from './ids.ts';

/** The frame of a question: it changes nothing in a session and may be asked again at will. `command_id` only correlates the answer. */
export const query = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), command_id: CommandId, ...shape });
