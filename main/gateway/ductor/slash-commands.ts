import type { Problem } from '../../protocol/errors.ts';
import type { SessionId } from '../../protocol/ids.ts';
import type { ProviderInfo } from '../../protocol/values.ts';
import type { DoctorReport, SessionSummary } from '../../protocol/views.ts';
import type { HallClient } from '../hall-client.ts';
import { type ChatSession, Refused } from './chat-session.ts';

export interface SlashDeps {
  hall: HallClient;
  chat: ChatSession;
  providers(): Promise<readonly ProviderInfo[]>;
  /** The chat has another session now. */
  renewed(before: SessionId | null): void;
}

/** Parts of ductor that this app does not have. They are named, so that nobody waits for them. */
const notHere: Readonly<Record<string, string>> = {
  '/tasks':
    'Quarterdeck has no delegated tasks, so there are none to list. Sub-agents of an agent show in its session.',
  '/memory': 'Quarterdeck keeps no memory file of its own. What an agent remembers stands in the files of its folder.',
  '/cron': 'Quarterdeck has no schedules, so nothing is planned and nothing can be planned here.',
  '/upgrade': 'Quarterdeck is not updated from a chat. Update it on the machine where it runs.',
};

type Command = (rest: string, deps: SlashDeps) => Promise<string>;
const commands: Readonly<Record<string, Command>> = {
  '/new': startAnew,
  '/status': status,
  '/model': model,
  '/sessions': sessions,
  '/diagnose': diagnose,
};

/**
 * Answers one of the chat's own commands. Null: it is not one; the agent may know it.
 * @throws {Refused}
 */
export function slashCommand(text: string, deps: SlashDeps): Promise<string> | null {
  const [, name = '', rest = ''] = /^(\/[a-z]+)(?:\s+([\s\S]*))?$/i.exec(text) ?? [];
  const word = name.toLowerCase();
  if (Object.hasOwn(notHere, word)) return Promise.resolve(notHere[word]!);
  return Object.hasOwn(commands, word) ? commands[word]!(rest.trim(), deps) : null;
}

export const inWords = ({ message, impact, next }: Problem): string =>
  [message, impact, next].filter(Boolean).join(' ');

async function startAnew(_rest: string, { chat, renewed }: SlashDeps): Promise<string> {
  const before = chat.current();
  await chat.renew();
  renewed(before);
  const kept = before === null ? '' : ' The one before is kept: Quarterdeck shows it in its list.';
  return `A new session has begun.${kept}`;
}

const doing: Record<SessionSummary['status'], string> = {
  idle: 'waits for a message',
  running: 'works',
  waiting: 'waits for an approval, which any window or paired device can give',
  failed: 'waits for a message; the last turn failed',
  interrupted: 'waits for a message; the last turn was cut off when the app ended',
};

async function status(_rest: string, { chat }: SlashDeps): Promise<string> {
  const summary = chat.summary();
  if (!summary) {
    const { provider } = await chat.beginning();
    return `This chat has no session yet. The next message opens one with ${provider}.`;
  }
  const lines = [
    `Session: ${summary.title || summary.session_id}`,
    `Agent: ${summary.provider}, model ${summary.model ?? 'as the agent chooses'}; it ${doing[summary.status]}.`,
    `Folder: ${summary.cwd}`,
    summary.queue.length > 0 ? `Messages that wait: ${summary.queue.length}` : '',
    summary.goal ? `Goal (${summary.goal.status}): ${summary.goal.objective}` : '',
    summary.preview ? `Last said: ${summary.preview}` : '',
  ];
  return lines.filter(Boolean).join('\n');
}

async function sessions(_rest: string, { chat }: SlashDeps): Promise<string> {
  const shown = chat.list().filter(({ archived }) => !archived);
  if (shown.length === 0) return 'There are no sessions yet.';
  const current = chat.current();
  const lines = shown
    .slice(0, 20)
    .map(
      (one) =>
        `${one.session_id === current ? '→' : '-'} ${one.title || one.session_id} (${one.provider}, ${one.status}, ${one.cwd})`,
    );
  return [...lines, shown.length > 20 ? `… and ${shown.length - 20} more` : ''].filter(Boolean).join('\n');
}

async function model(rest: string, deps: SlashDeps): Promise<string> {
  const ready = (await deps.providers()).filter(({ state }) => state === 'ready');
  const summary = deps.chat.summary();
  const beginning = summary ?? (await deps.chat.beginning());
  if (rest === '') {
    const lines = ready.map(
      ({ id, models }) => `- ${id}${models.length > 0 ? `: ${models.map((one) => one.id).join(', ')}` : ''}`,
    );
    const now = `Now: ${beginning.provider}, model ${beginning.model ?? 'as the agent chooses'}.`;
    return `${now}\nChoose with "/model NAME", an agent or a model:\n${lines.join('\n')}`;
  }
  const chosen = choose(rest, beginning.provider, ready);
  if (!chosen) return `There is no agent and no model called "${rest.slice(0, 100)}". "/model" alone lists them.`;
  const said = `${chosen.provider}, model ${chosen.model ?? 'as the agent chooses'}`;
  if (!summary) {
    await deps.chat.renew(chosen);
    return `This chat goes on with ${said}.`;
  }
  const { session_id } = summary;
  const answer = await deps.hall.answerTo(
    chosen.provider === summary.provider
      ? { type: 'set_model', session_id, model: chosen.model }
      : { type: 'set_provider', session_id, ...chosen },
  );
  if (!answer.ok) throw new Refused(answer.error);
  return `This chat goes on with ${said}.`;
}

/** An agent by its name, a model of the current agent, or a model that another ready one has. */
function choose(name: string, current: string, ready: readonly ProviderInfo[]) {
  const provider = ready.find(({ id }) => id === name.toLowerCase());
  if (provider) return { provider: provider.id, model: null };
  const has = (one: ProviderInfo) => one.models.some(({ id }) => id === name);
  const owner = ready.find((one) => one.id === current && has(one)) ?? ready.find(has);
  return owner ? { provider: owner.id, model: name } : null;
}

async function diagnose(_rest: string, { hall }: SlashDeps): Promise<string> {
  const answer = await hall.answerTo({ type: 'doctor' });
  if (!answer.ok) throw new Refused(answer.error);
  const { ok, checks, providers } = answer.result as DoctorReport;
  const lines = checks.map(
    ({ state, label, text }) => `${state === 'ok' ? '✓' : state === 'warning' ? '!' : '✗'} ${label}: ${text}`,
  );
  const agents = providers.map((one) => `- ${one.name}: ${one.state}`);
  return [ok ? 'Everything is in order.' : 'Something needs a look.', ...lines, 'Agents:', ...agents].join('\n');
}
