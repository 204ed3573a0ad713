import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { type ClientFrame, clientFrames } from '../protocol/frames.ts';
import { CommandId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { say } from '../protocol/saying.ts';

export interface Undecodable {
  /** Of the frame, where it could be read, so that the answer finds its question. */
  command_id: CommandId | null;
  problem: Problem;
}

/** A stranger's text gets smaller questions first: size, then JSON, then schema. Nothing else in the app parses frames. */
export function decodeClientFrame(text: string): Result<ClientFrame, Undecodable> {
  // Characters are never more than bytes, so this never refuses what the door's own limit on bytes let through.
  if (text.length > limits.frameBytes) {
    return err({
      command_id: null,
      problem: {
        code: 'frame_too_large',
        say: say('frame.tooLarge', { bytes: limits.frameBytes }),
        message: `The frame is larger than ${limits.frameBytes} bytes.`,
        impact: 'It was not read.',
        next: 'Send less at once.',
      },
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err({
      command_id: null,
      problem: {
        code: 'invalid_json',
        say: say('frame.notJson'),
        message: 'The frame is not JSON.',
        impact: 'It was not carried out.',
        next: 'Send one JSON object per frame.',
      },
    });
  }
  const fields = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const id = CommandId.safeParse(fields.command_id);
  const refuse = (message: string): Result<ClientFrame, Undecodable> =>
    err({
      command_id: id.success ? id.data : null,
      problem: {
        code: 'invalid_frame',
        say: say('frame.invalid', { why: message }),
        message,
        impact: 'It was not carried out.',
        next: 'docs/protocol.md lists every frame and its fields.',
      },
    });
  if (typeof fields.type !== 'string') return refuse('The frame has no type.');
  const schema = clientFrames.get(fields.type);
  if (!schema) return refuse(`There is no frame "${fields.type.slice(0, 60)}".`);
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join('.');
  const which = field ? `field "${field}" of the frame "${fields.type}"` : `frame "${fields.type}"`;
  return refuse(`The ${which} is not right: ${issue?.message ?? 'no reason was given'}.`);
}
