import { createStore } from 'zustand/vanilla';
import { limits } from '../../main/protocol/limits.ts';
import type { Attachment } from '../../main/protocol/values.ts';
import { formatBytes } from '../strings/format.ts';
import { t } from '../strings/index.ts';
import type { Client } from './client.ts';
import { draftOf, setDraft, setDraftFiles } from './drafts.ts';
import { uploadFile } from './upload.ts';

/** An image or a file that will go with the next message. */
export interface DraftAttachment {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  /** Of the whole file. */
  readonly bytes: number;
  readonly sentBytes: number;
  readonly state: 'uploading' | 'ready' | 'failed';
  /** Why it could not be brought, for a person. */
  readonly problem: string | null;
  /** A second attempt may help. */
  readonly canRetry: boolean;
  /** Address of a picture of it in this page; null for what is none, or is not here. */
  readonly preview: string | null;
  /** It was pasted as text, and may become a part of the message again: the text, and where it would have stood. */
  readonly pasted: { readonly text: string; readonly at: number } | null;
  /** Once it stands with the gateway. */
  readonly attachment: Attachment | null;
}

/** By session (`new` for the session that does not exist yet). Files live as long as the page does. */
export const attachments = createStore<Readonly<Record<string, readonly DraftAttachment[]>>>(() => ({}));

// What stands with the gateway is a part of the draft, which is kept over restarts and for other devices.
attachments.subscribe((now, before) => {
  for (const key of Object.keys(now)) if (now[key] !== before[key]) setDraftFiles(key, readyOf(key));
});

/** Each once: a file that was chosen twice is one. */
function readyOf(key: string): Attachment[] {
  const ready = attachmentsOf(key).flatMap((one) => (one.state === 'ready' && one.attachment ? [one.attachment] : []));
  return [...new Map(ready.map((one) => [one.attachment_id, one])).values()];
}

/**
 * Shows the files of a draft that was kept, or changed on another device, in their order: else each of two devices would tell the other of its own.
 * What is still on its way stays.
 */
export function showFiles(key: string, files: readonly Attachment[]): void {
  const known = attachmentsOf(key);
  const shown = files.map(
    (file) => known.find(({ attachment }) => attachment?.attachment_id === file.attachment_id) ?? readyFile(file),
  );
  const next = [...shown, ...known.filter(({ attachment }) => attachment === null)];
  if (next.length !== known.length || next.some((one, at) => one !== known[at])) attachments.setState({ [key]: next });
}

const none: readonly DraftAttachment[] = [];
const running = new Map<string, { file: Blob; abort: AbortController }>();
let counter = 0;

export const attachmentsOf = (key: string): readonly DraftAttachment[] => attachments.getState()[key] ?? none;

export const isImage = (mediaType: string): boolean => /^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(mediaType);

/** Attaches files to the draft and begins to upload them. What cannot go is listed with the reason. */
export function addFiles(
  client: Client,
  key: string,
  files: readonly File[],
  pasted: DraftAttachment['pasted'] = null,
): void {
  for (const file of files) {
    counter += 1;
    const id = `att-${counter}`;
    const name = nameOf(file);
    const mediaType = (file.type || 'application/octet-stream').slice(0, 100);
    const refused = refusal(key, file, name);
    const one: DraftAttachment = {
      id,
      name,
      mediaType,
      bytes: file.size,
      sentBytes: 0,
      state: refused === null ? 'uploading' : 'failed',
      problem: refused,
      canRetry: false,
      preview: refused === null && isImage(mediaType) ? URL.createObjectURL(file) : null,
      pasted,
      attachment: null,
    };
    attachments.setState({ [key]: [...attachmentsOf(key), one] });
    if (refused === null) void bring(client, key, one, file);
  }
}

function readyFile(attachment: Attachment): DraftAttachment {
  counter += 1;
  return {
    id: `att-${counter}`,
    name: attachment.name,
    mediaType: attachment.media_type,
    bytes: attachment.bytes,
    sentBytes: attachment.bytes,
    state: 'ready',
    problem: null,
    canRetry: false,
    preview: null,
    pasted: null,
    attachment,
  };
}

/** Puts attachments that the gateway has already into a draft: those of a message that is edited. */
export function attachAgain(key: string, known: readonly Attachment[]): void {
  const more = known
    .filter(
      (attachment) => !attachmentsOf(key).some((one) => one.attachment?.attachment_id === attachment.attachment_id),
    )
    .map(readyFile);
  if (more.length > 0) attachments.setState({ [key]: [...attachmentsOf(key), ...more] });
}

/** A pasted text that is longer goes with the message as a file: nobody reads it there, and the field stays one. Characters. */
export const longPasteChars = 10_000;

/** Attaches a long text as a file. */
export function addPastedText(client: Client, key: string, text: string, at: number): void {
  const name = t.attach.pastedText(counter + 1);
  addFiles(client, key, [new File([text], `${name}.txt`, { type: 'text/plain' })], { text, at });
}

/** Puts a text that was attached instead of pasted where it would have stood. */
export function pasteAfterAll(key: string, id: string): void {
  const pasted = attachmentsOf(key).find((one) => one.id === id)?.pasted;
  if (!pasted) return;
  const draft = draftOf(key);
  const at = Math.min(pasted.at, draft.length);
  removeAttachment(key, id);
  setDraft(key, draft.slice(0, at) + pasted.text + draft.slice(at));
}

export function retryAttachment(client: Client, key: string, id: string): void {
  const one = attachmentsOf(key).find((candidate) => candidate.id === id);
  const file = running.get(id)?.file;
  if (!one || !file) return;
  patch(key, id, { state: 'uploading', problem: null, sentBytes: 0 });
  void bring(client, key, one, file);
}

export function removeAttachment(key: string, id: string): void {
  const one = attachmentsOf(key).find((candidate) => candidate.id === id);
  running.get(id)?.abort.abort();
  running.delete(id);
  if (one?.preview) URL.revokeObjectURL(one.preview);
  attachments.setState({ [key]: attachmentsOf(key).filter((candidate) => candidate.id !== id) });
}

/** Takes what is ready out of the draft, to be sent. What failed is left where it is. */
export function takeAttachments(key: string): Attachment[] {
  const ready = attachmentsOf(key).filter((one) => one.state === 'ready');
  for (const one of ready) removeAttachment(key, one.id);
  return ready.flatMap((one) => (one.attachment ? [one.attachment] : []));
}

async function bring(client: Client, key: string, one: DraftAttachment, file: Blob): Promise<void> {
  const abort = new AbortController();
  running.set(one.id, { file, abort });
  const answer = await uploadFile(client, file, {
    name: one.name,
    mediaType: one.mediaType,
    onProgress: (sentBytes) => patch(key, one.id, { sentBytes }),
    signal: abort.signal,
  });
  if (answer === null) return;
  if (answer.ok) {
    running.delete(one.id);
    patch(key, one.id, { state: 'ready', sentBytes: one.bytes, attachment: answer.value });
  } else {
    const { message, next } = answer.problem;
    patch(key, one.id, { state: 'failed', canRetry: true, problem: next ? `${message} ${next}` : message });
  }
}

function patch(key: string, id: string, change: Partial<DraftAttachment>): void {
  attachments.setState({ [key]: attachmentsOf(key).map((one) => (one.id === id ? { ...one, ...change } : one)) });
}

function refusal(key: string, file: File, name: string): string | null {
  const held = attachmentsOf(key).filter((one) => one.state !== 'failed').length;
  if (held >= limits.attachmentsPerMessage) return t.attach.tooMany(limits.attachmentsPerMessage);
  if (file.size <= limits.attachmentBytes) return null;
  return t.attach.tooLarge(name, formatBytes(file.size), formatBytes(limits.attachmentBytes));
}

/** What is pasted from a screen is always called "image.png"; several of them need names of their own. */
function nameOf(file: File): string {
  const name = file.name.slice(-255) || 'file';
  if (!/^image\.\w+$/.test(name)) return name;
  return `${t.attach.pasted(counter)}.${name.split('.').at(-1)}`;
}
