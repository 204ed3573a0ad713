import type { EventOf } from '../protocol/events.ts';
import type { Attachment } from '../protocol/values.ts';
import type { AttachmentFiles, PromptAttachment } from './ports.ts';
import type { SessionRuntime } from './session-runtime.ts';

/** A person's answer goes to the request it was given for, once. */
export function passAnswer(runtime: SessionRuntime, event: EventOf<'approval_resolved'>): void {
  const ref = runtime.refs.get(event.approval_id);
  runtime.refs.delete(event.approval_id);
  const { decision, message, answers, option_id } = event;
  if (ref !== undefined && decision !== 'withdrawn') {
    runtime.live?.answer(ref, { decision, message, answers, option_id });
  }
}

/** What a person changed about the session reaches the CLI that runs; one that does not starts with it. */
export function passChange({ live }: SessionRuntime, { model, effort, mode }: EventOf<'session_changed'>): void {
  if (model !== undefined) live?.setModel(model);
  if (effort !== undefined) live?.setEffort(effort);
  if (mode !== undefined) live?.setMode(mode);
}

/** Where the files of a message are; the name of one that is gone. */
export function promptFiles(files: AttachmentFiles, attachments: readonly Attachment[]): PromptAttachment[] | string {
  const found: PromptAttachment[] = [];
  for (const attachment of attachments) {
    const path = files.path(attachment);
    if (path === null) return attachment.name;
    found.push({ ...attachment, path });
  }
  return found;
}
