import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { ClientFrame } from '../protocol/frames.ts';
import { CommandId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';

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
        message: 'The frame is not JSON.',
        impact: 'It was not carried out.',
        next: 'Send one JSON object per frame.',
      },
    });
  }
  const parsed = ClientFrame.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const fields = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const id = CommandId.safeParse(fields.command_id);
  const type = typeof fields.type === 'string' ? fields.type.slice(0, 60) : 'without a type';
  const where = firstIssue(parsed.error.issues);
  return err({
    command_id: id.success ? id.data : null,
    problem: {
      code: 'invalid_frame',
      message: `The frame "${type}" is not as the protocol has it${where}.`,
      impact: 'It was not carried out.',
      next: 'docs/protocol.md lists every frame and its fields.',
    },
  });
}

function firstIssue(issues: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  const issue = issues[0];
  if (!issue) return '';
  const path = issue.path.map(String).join('.');
  return path ? `: ${path}: ${issue.message}` : `: ${issue.message}`;
}
