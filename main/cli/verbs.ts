import { setTimeout as delay } from 'node:timers/promises';
import type { Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { ServerFrame } from '../protocol/frames.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { DoctorReport, ImportStatus, ServerStatus, VerifyReport } from '../protocol/views.ts';
import { accessVerb } from './access-verbs.ts';
import type { Call } from './arguments.ts';
import { forkSession, switchProvider } from './branches.ts';
import type { Line } from './connect.ts';
import { dataVerb } from './data-verbs.ts';
import { exitCodes } from './exit-codes.ts';
import { exportToFile } from './export.ts';
import { changeGoal, goalWords } from './goals.ts';
import { importWords, readImports, search, searchWords } from './imports.ts';
import { moment, type Output, outputLine, plainLine, reportProblem } from './output.ts';
import { readPassword, setPassword } from './password.ts';
import { findSession, listSessions, sessionsTable } from './sessions.ts';
import { TranscriptView } from './transcript-view.ts';
import { type FileReport, verifyFile } from './verify-file.ts';

type VerbCall = Exclude<Call, { verb: 'send' | 'help' | 'version' }>;

/** What a verb shows: a value for `--json`, words for a person, and how it ended. */
interface Shown {
  value: unknown;
  words: string;
  code?: number;
}

/** How long a stopping app is waited for, milliseconds. */
const stopWithinMs = 10_000;

/** Carries out every verb but `send`. @returns the exit code. */
export async function runVerb(call: VerbCall, line: Line, output: Output): Promise<number> {
  if (call.verb === 'show') return show(call.id, line, output, call.json);
  if (call.verb === 'export') return exportVerb(call, line, output);
  const shown = await answer(call, line, output);
  if (!shown.ok) {
    reportProblem(output, shown.error, call.json);
    return exitCodes.refused;
  }
  outputLine(output, call.json ? JSON.stringify(shown.value.value) : shown.value.words);
  return shown.value.code ?? exitCodes.completed;
}

async function answer(
  call: Exclude<VerbCall, { verb: 'show' | 'export' }>,
  line: Line,
  output: Output,
): Promise<Result<Shown, Problem>> {
  const { client } = line;
  switch (call.verb) {
    case 'sessions': {
      const listed = await listSessions(client);
      if (!listed.ok) return listed;
      const sessions = listed.value.filter((session) => call.all || !session.archived);
      return shown({ value: sessions, words: sessionsTable(sessions, Date.now()) });
    }
    case 'import': {
      const status = call.now
        ? await readImports(client, (words) => output.note(words))
        : await client.ask<ImportStatus>({ type: 'import_status' });
      if (!status.ok) return status;
      const code = status.value.state === 'failed' ? exitCodes.failed : exitCodes.completed;
      return shown({ value: status.value, words: importWords(status.value, Date.now()), code });
    }
    case 'search': {
      const found = await search(client, call.text, call.limit);
      if (!found.ok) return found;
      const { hits, more } = found.value;
      const marks: [string, string] = process.stdout.isTTY ? ['\u001b[1m', '\u001b[22m'] : ['', ''];
      return shown({ value: found.value, words: searchWords(hits, more, Date.now(), marks) });
    }
    case 'goal': {
      const changed = await changeGoal(client, call, line.running !== null);
      if (!changed.ok) return changed;
      return shown({
        value: changed.value,
        words: call.action === 'clear' && !changed.value.goal ? 'The goal was cleared.' : goalWords(changed.value.goal),
      });
    }
    case 'fork': {
      const forked = await forkSession(client, call);
      if (!forked.ok) return forked;
      return shown({ value: forked.value, words: forked.value.session_id });
    }
    case 'switch': {
      const switched = await switchProvider(client, call);
      if (!switched.ok) return switched;
      const words = `${switched.value.session_id} goes on with ${plainLine(call.provider)}, which is told with the next message what it has not seen.`;
      return shown({ value: switched.value, words });
    }
    case 'verify':
      return call.file === null ? verify(call.id, line) : verifyExported(call.file);
    case 'doctor': {
      const report = await client.ask<DoctorReport>({ type: 'doctor' });
      if (!report.ok) return report;
      const code = report.value.ok ? exitCodes.completed : exitCodes.failed;
      return shown({ value: report.value, words: doctorWords(report.value), code });
    }
    case 'keys create':
    case 'keys list':
    case 'keys rotate':
    case 'keys revoke':
    case 'keys delete':
    case 'devices list':
    case 'devices rename':
    case 'devices revoke':
    case 'devices delete':
    case 'pair': {
      const done = await accessVerb(call, client);
      return done.ok ? shown(done.value) : done;
    }
    case 'backup':
    case 'backup list':
    case 'backup delete':
    case 'restore':
    case 'export all': {
      const done = await dataVerb(call, client, line.running !== null, output);
      return done.ok ? shown(done.value) : done;
    }
    case 'password': {
      const changed = await setPassword(client, call.remove ? null : await readPassword());
      if (!changed.ok) return changed;
      const words = call.remove ? 'There is no password any more.' : 'The password is set.';
      return shown({ value: changed.value, words: `${words} Every browser that was signed in is signed out.` });
    }
    case 'status': {
      const status = await client.ask<ServerStatus>({ type: 'status' });
      if (!status.ok) return status;
      const running = line.running !== null;
      return shown({ value: { running, ...status.value }, words: statusWords(status.value, running) });
    }
    case 'open': {
      const link = await client.ask<{ open_url: string }>({ type: 'open_link' });
      if (!link.ok) return link;
      return shown({ value: link.value, words: link.value.open_url });
    }
    case 'stop':
      return stop(line);
  }
}

const shown = (value: Shown): Result<Shown, Problem> => ({ ok: true, value });

async function exportVerb(
  call: Extract<VerbCall, { verb: 'export' }>,
  { client }: Line,
  output: Output,
): Promise<number> {
  const done = await exportToFile(client, call, output);
  if (!done.ok) {
    // The exported text is on stdout; a problem has no place between.
    reportProblem(output, done.error, call.json && call.out !== null);
    return exitCodes.refused;
  }
  if (call.out === null) return exitCodes.completed;
  if (call.json) outputLine(output, JSON.stringify(done.value));
  else output.note(`Written to ${call.out} (${done.value.bytes} bytes).`);
  return exitCodes.completed;
}

async function verifyExported(path: string): Promise<Result<Shown, Problem>> {
  const report = await verifyFile(path);
  if (!report.ok) return report;
  return shown({
    value: report.value,
    words: fileWords(report.value),
    code: report.value.ok ? exitCodes.completed : exitCodes.failed,
  });
}

function fileWords({ ok, version, session_id, events, redacted, head, seal, broken_at, reason }: FileReport): string {
  if (!ok) return `BROKEN ${session_id}: ${broken_at === undefined ? '' : `event ${broken_at}: `}${reason}`;
  const lines = [`${session_id} is whole: ${events} events, every hash fits.`];
  if (redacted > 0)
    lines.push(
      version === 1
        ? `Of ${redacted} of them a secret was taken out; only their hashes could be looked at, and not what stands there now.`
        : `Of ${redacted} of them a secret was taken out; what stands there now is what was exported.`,
    );
  if (version === 1)
    lines.push('The file has the first form: nothing in it shows whether its title and its times were altered.');
  lines.push(
    `Who alters a file and computes all hashes anew is found by these alone, where you know them from elsewhere: head ${head}${seal === undefined ? '' : `, seal ${seal}`}`,
  );
  return lines.join('\n');
}

async function verify(id: string | null, { client }: Line): Promise<Result<Shown, Problem>> {
  let session_id: SessionId | undefined;
  if (id !== null) {
    const found = await findSession(client, id);
    if (!found.ok) return found;
    ({ session_id } = found.value);
  }
  const report = await client.ask<VerifyReport>({ type: 'verify', session_id });
  if (!report.ok) return report;
  const { ok, sessions } = report.value;
  const events = sessions.reduce((sum, session) => sum + session.events, 0);
  const broken = sessions
    .filter((session) => !session.ok)
    .map(
      (session) =>
        `BROKEN ${session.session_id}: event ${session.broken_at ?? '?'}: ${session.reason ?? 'does not fit'}`,
    );
  const words = ok
    ? `${sessions.length === 1 ? 'The session is' : `All ${sessions.length} sessions are`} whole: ${events} events, every hash fits.`
    : `${broken.join('\n')}\n${broken.length} of ${sessions.length} sessions were altered outside of Quarterdeck. Newest sound copy: the folder "backups" in the data folder.`;
  return shown({ value: report.value, words, code: ok ? exitCodes.completed : exitCodes.failed });
}

function doctorWords({ ok, checks, not_understood = [] }: DoctorReport): string {
  const marks = { ok: 'ok  ', warning: 'WARN', error: 'FAIL' };
  const lines = checks.map(
    ({ state, label, text, next }) =>
      `${marks[state]}  ${label}: ${plainLine(text, 500)}${next ? `\n      -> ${plainLine(next, 500)}` : ''}`,
  );
  const kinds = not_understood.map(
    ({ provider, version, what, count, last_at, sample }) =>
      `  ${provider} ${version ?? '(version not known)'}: ${plainLine(what, 200)}, ${count} times, last ${moment(last_at)}\n      ${plainLine(sample, 200)}`,
  );
  if (kinds.length > 0) lines.push('', 'Not understood, newest first:', ...kinds);
  return `${lines.join('\n')}\n\n${ok ? 'Nothing is broken.' : 'Something is broken; the lines marked FAIL say what to do.'}`;
}

function statusWords(status: ServerStatus, running: boolean): string {
  const kept = `${status.sessions} ${status.sessions === 1 ? 'session' : 'sessions'} in ${status.home}`;
  if (!running) return `Quarterdeck is not running. ${kept}.`;
  const where = status.url ? ` at ${status.url}` : '';
  return `Quarterdeck ${status.version} is running${where} (${status.composition}, process ${status.pid}, since ${moment(status.started_at)}).\n${kept}, ${status.running_turns} running; ${status.connections} connected.`;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function stop({ client, running }: Line): Promise<Result<Shown, Problem>> {
  const asked = await client.ask({ type: 'stop' });
  if (!asked.ok) return asked;
  const pid = running?.pid ?? 0;
  const until = performance.now() + stopWithinMs;
  while (isThere(pid) && performance.now() < until) await delay(50);
  if (!isThere(pid)) return shown({ value: { stopped: true, pid }, words: `Quarterdeck (process ${pid}) has ended.` });
  return {
    ok: false,
    error: {
      code: 'overloaded',
      message: `Quarterdeck (process ${pid}) was asked to end, but it is still there.`,
      impact: 'Its turns were asked to stop; the data folder is still in use.',
      next: `Wait a little, or end the process: kill ${pid}`,
    },
  };
}

async function show(id: string, { client }: Line, output: Output, json: boolean): Promise<number> {
  const found = await findSession(client, id);
  if (!found.ok) {
    reportProblem(output, found.error, json);
    return exitCodes.refused;
  }
  const { session_id } = found.value;
  const pens = {
    text: (chunk: string) => void output.out(chunk),
    line: (line: string) => void outputLine(output, line),
  };
  const view = new TranscriptView(pens, true);
  // After the last event come the items that are still open, then what happens live, which is not asked for here.
  const replayed = new Promise<void>((resolve) => {
    client.onPush = (frame: ServerFrame) => {
      if (!json) view.frame(frame);
      else if (frame.type === 'events') for (const event of frame.events) outputLine(output, JSON.stringify(event));
      if (frame.type === 'attached') resolve();
    };
  });
  const attached = await client.ask({ type: 'attach', session_id, after_seq: 0 });
  if (!attached.ok) {
    reportProblem(output, attached.error, json);
    return exitCodes.refused;
  }
  await Promise.race([replayed, client.closed]);
  if (client.isClosed) return exitCodes.failed;
  // Snapshots of open items follow in the same breath; an answered ping means that all of them are here.
  await client.ask({ type: 'ping' });
  if (!json && found.value.turn_id !== null) outputLine(output, '\n… (the turn is still running)');
  return exitCodes.completed;
}
