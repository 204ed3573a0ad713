import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { ServerFrame } from '../protocol/frames.ts';
import type { ProviderId, SessionId } from '../protocol/ids.ts';
import type { Attachment, ProviderInfo } from '../protocol/values.ts';
import type { SessionSummary } from '../protocol/views.ts';
import type { Answer, ApprovalRequest } from './approver.ts';
import type { SendOptions } from './arguments.ts';
import { uploadFile } from './attach.ts';
import type { Client } from './client.ts';
import type { Line } from './connect.ts';
import { Conversation } from './conversation.ts';
import { exitCodes } from './exit-codes.ts';
import { type Output, reportProblem } from './output.ts';
import { findSession } from './sessions.ts';

export interface SendIo extends Output {
  /** A person sits at a terminal and can be asked. */
  readonly interactive: boolean;
  ask(request: ApprovalRequest, signal: AbortSignal, onInterrupt: () => void): Promise<Answer | null>;
  /** Begins to read lines of JSON on stdin, until its end; null when stdin is a terminal or is not for this. */
  readonly readLines: (() => AsyncIterable<string>) | null;
  /** Ctrl+C, each time; and being told to end by something that is not a person. The answer removes the listeners. */
  onSignal(interrupted: () => void, leave: () => void): () => void;
}

export interface SendDeps {
  io: SendIo;
  json: boolean;
  /** Absolute; for a session whose folder was not named. */
  cwd: string;
  connect: () => Promise<Result<Line, Problem>>;
}

/** The agent for a session for which none was named: the first real one that is ready, else the built-in guide. */
export function chooseProvider(
  providers: readonly ProviderInfo[],
  wanted: string | null,
): Result<ProviderInfo, Problem> {
  if (wanted === null) {
    const ready = providers.filter((provider) => provider.state === 'ready');
    const chosen = ready.find((provider) => !provider.built_in) ?? ready[0];
    if (chosen) return ok(chosen);
  }
  const provider = providers.find((one) => one.id === wanted);
  if (!provider) {
    return err({
      code: 'provider_unknown',
      message: wanted === null ? 'No agent is ready.' : `There is no agent called "${wanted}".`,
      impact: 'Nothing was sent.',
      next: `Choose one of: ${providers.map((one) => one.id).join(', ')}.`,
    });
  }
  if (['not_found', 'too_old', 'broken'].includes(provider.state)) {
    const { problem } = provider;
    return err({
      code: 'provider_missing',
      message: problem?.message ?? `${provider.name} cannot be used (${provider.state}).`,
      impact: 'Nothing was sent.',
      next: [problem?.next, problem?.command].filter(Boolean).join(' ') || 'Run `doctor` to see what is missing.',
    });
  }
  return ok(provider);
}

/** Opens the session, or finds it. @returns where its log stands before the message. */
async function openSession(
  client: Client,
  options: SendOptions,
  deps: SendDeps,
): Promise<Result<{ session_id: SessionId; seq: number; note: string }, Problem>> {
  if (options.session !== null) {
    const found = await findSession(client, options.session);
    if (!found.ok) return found;
    const { session_id, seq } = found.value;
    if (options.mode !== null) {
      const set = await client.ask({ type: 'set_mode', session_id, mode: options.mode });
      if (!set.ok) return set;
    }
    if (options.model !== null) {
      const set = await client.ask({ type: 'set_model', session_id, model: options.model });
      if (!set.ok) return set;
    }
    if (options.effort !== null) {
      const set = await client.ask({ type: 'set_effort', session_id, effort: options.effort });
      if (!set.ok) return set;
    }
    return ok({ session_id, seq, note: describeSession(found.value) });
  }
  const listed = await client.ask<{ providers: ProviderInfo[] }>({ type: 'list_providers' });
  if (!listed.ok) return listed;
  const provider = chooseProvider(listed.value.providers, options.provider);
  if (!provider.ok) return provider;
  const mode = options.mode ?? 'ask';
  const cwd = options.cwd ?? deps.cwd;
  const opened = await client.ask<{ session_id: SessionId }>({
    type: 'new_chat',
    cwd,
    provider: provider.value.id as ProviderId,
    model: options.model,
    effort: options.effort,
    mode,
  });
  if (!opened.ok) return opened;
  const { session_id } = opened.value;
  return ok({ session_id, seq: 0, note: `${session_id}: ${provider.value.name}, ${mode}, in ${cwd}` });
}

const describeSession = (session: SessionSummary) =>
  `${session.session_id}: ${session.provider}, ${session.mode}, in ${session.cwd}`;

/**
 * Sends one message and follows its turn to the end, over a restart of the app too.
 * @returns the exit code.
 */
export async function send(options: SendOptions & { text: string }, deps: SendDeps): Promise<number> {
  const { io, json } = deps;
  const line = await deps.connect();
  if (!line.ok) {
    reportProblem(io, line.error, json);
    return exitCodes.refused;
  }
  const conversation = new Conversation(deps, options.text);
  const stopListening = io.onSignal(
    () => conversation.interrupt(),
    () => conversation.leave(),
  );
  try {
    const early: ServerFrame[] = [];
    line.value.client.onPush = (frame) => early.push(frame);
    const attachments: Attachment[] = [];
    for (const path of options.attach) {
      const uploaded = await uploadFile(line.value.client, path);
      if (!uploaded.ok) {
        reportProblem(io, uploaded.error, json);
        return exitCodes.refused;
      }
      attachments.push(uploaded.value);
    }
    conversation.attach(attachments);
    const opened = await openSession(line.value.client, options, deps);
    if (!opened.ok) {
      reportProblem(io, opened.error, json);
      return exitCodes.refused;
    }
    if (!json) io.note(opened.value.note);
    return await conversation.run(line.value, opened.value.session_id, opened.value.seq);
  } finally {
    stopListening();
    await conversation.close(line.value);
  }
}
