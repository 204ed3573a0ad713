import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import type { Clock } from '../../base/clock.ts';
import type { Provider, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { ProviderId } from '../../protocol/ids.ts';
import { say } from '../../protocol/saying.ts';
import { type Capabilities, noCapabilities } from '../../protocol/values.ts';
import { splitPrompt } from '../../sessions/prompt-text.ts';
import { mentionedFiles, withMentionsAs } from '../shared/mentioned-files.ts';
import { lookAtAttached } from './attached.ts';
import { createStartCommand, type StartCommand } from './command.ts';
import { pursue, readGoalPrompt } from './goal.ts';
import { parseIntent } from './intent.ts';
import { languageIn, languageOf, withLanguage } from './language.ts';
import { follow } from './script.ts';
import { slashCommands } from './slash-commands.ts';
import { Stopped, Turn, TurnFailed } from './turn.ts';
import { guideWords } from './words/index.ts';

const capabilities: Capabilities = {
  ...noCapabilities,
  resume: true,
  steer: false,
  reasoning: true,
  set_model: false,
  set_mode: true,
  fork: true,
  // It takes them, and says what it can tell of them without a model.
  images: true,
  files: true,
  slash_commands: true,
  questions: true,
  plan: true,
  tool_output: 'live',
  exit_codes: true,
  goals: 'words',
  modes: ['ask', 'accept-edits', 'plan', 'full'],
};

type TurnEnd = Extract<ProviderEvent, { type: 'turn_end' }>;

function turnEnd(error: unknown, stopped: boolean): TurnEnd {
  if (stopped || error instanceof Stopped) return { type: 'turn_end', status: 'aborted' };
  if (error instanceof TurnFailed) return { type: 'turn_end', status: 'failed', problem: error.problem };
  return {
    type: 'turn_end',
    status: 'failed',
    problem: {
      code: 'internal',
      say: say('guide.defect'),
      message: 'The built-in guide ran into a defect of its own.',
      impact: 'This turn ended early; what was done before stands above.',
      next: 'Say it again, or in other words. If it happens again, report it with the detail below.',
      detail: error instanceof Error ? (error.stack ?? error.message).slice(0, 2000) : String(error).slice(0, 2000),
    },
  };
}

/** A folder that went away or was closed since the session began: every answer would be about nothing. @throws {TurnFailed} */
async function checkFolder(cwd: string): Promise<void> {
  try {
    if (!(await stat(cwd)).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    await access(cwd, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new TurnFailed({
      code: 'folder_missing',
      say: say('guide.folderGone', { path: cwd }),
      message: `The folder of this session cannot be opened: ${cwd}`,
      impact: 'Your message and everything up to here are kept; nothing was done.',
      next: 'Bring the folder back (or its permissions) and send the message again, or start a session in another one.',
      detail: `${(error as NodeJS.ErrnoException).code ?? 'unknown'} ${cwd}`,
    });
  }
}

function startGuide(
  { session_id, cwd, mode: firstMode, resume, fork }: ProviderStart,
  emit: (event: ProviderEvent) => void,
  clock: Clock,
  startCommand: StartCommand,
): ProviderSession {
  let mode = firstMode;
  let introduced = false;
  let closed = false;
  let running: { turn: Turn; stop: AbortController; ended: Promise<void> } | null = null;
  // The guide keeps nothing, so any id would do; it stays the same over restarts, as an agent's does, and a branch gets one of its own.
  const own = `guide_${session_id}`;
  const branch = fork ? `${own}_${randomUUID().slice(0, 8)}` : null;
  let language = languageIn(resume);

  return {
    prompt({ turn_id, text: prompt, attachments }) {
      if (running) throw new Error('a turn is running already');
      const stop = new AbortController();
      let refused = false;
      const tell = (event: ProviderEvent): void => {
        refused ||= event.type === 'tool_end' && event.status === 'denied';
        emit(event);
      };
      const turn = new Turn(turn_id, clock, stop.signal, tell);
      const play = async (): Promise<TurnEnd> => {
        // Not before the caller has its hands free: it may not expect events while it is still calling.
        await Promise.resolve();
        const { digest, text } = splitPrompt(prompt);
        const goal = readGoalPrompt(text);
        const asked = goal?.steps[0] ?? text;
        language = languageOf(asked, language, parseIntent(asked).kind !== 'unknown');
        const words = guideWords[language];
        if (!introduced) {
          const provider_session_id = branch ? withLanguage(branch, language) : (resume ?? withLanguage(own, language));
          emit({ type: 'session', provider_session_id });
          emit({ type: 'commands', commands: slashCommands(words) });
        }
        introduced = true;
        try {
          await checkFolder(cwd);
          const guide = { turn, cwd, resumed: resume !== null, mode: () => mode, startCommand, words };
          if (digest !== null) turn.notice('info', 'guide_told', words.told(digest.length));
          if (goal !== null) {
            await pursue(goal, guide, emit, () => refused);
            return { type: 'turn_end', status: 'completed' };
          }
          const intent = parseIntent(withMentionsAs(text, mentionedFiles(text, cwd), ({ path }) => `"${path}"`));
          if (attachments.length > 0) await lookAtAttached(guide, attachments);
          // "What is this?" is answered by then.
          if (attachments.length === 0 || intent.kind !== 'unknown') await follow(intent, guide);
          return { type: 'turn_end', status: 'completed' };
        } catch (error) {
          return turnEnd(error, stop.signal.aborted);
        }
      };
      const ended = play().then((end) => {
        running = null;
        emit(end);
      });
      running = { turn, stop, ended };
    },
    steer: () => false,
    interrupt: () => running?.stop.abort(),
    answer: (ref, answer) => running?.turn.answer(ref, answer),
    setModel: () => undefined,
    setEffort: () => undefined,
    setMode: (next) => {
      mode = next;
    },
    async close() {
      const current = running;
      current?.stop.abort();
      await current?.ended;
      if (!closed) {
        closed = true;
        emit({ type: 'closed' });
      }
    },
  };
}

/**
 * The built-in guide: a provider without a model, a key or a network, for looking at the app before signing in anywhere. What it does in the
 * session's folder is real.
 * @param instance - names this app's data folder in the marker of the commands it runs (`instanceName`).
 */
export function createDemoProvider(deps: { clock: Clock; instance: string; env?: NodeJS.ProcessEnv }): Provider {
  const id = 'demo' as ProviderId;
  const name = 'Built-in guide';
  const startCommand = createStartCommand(deps.instance, deps.env ?? process.env);
  return {
    id,
    name,
    built_in: true,
    capabilities,
    detect: async () => ({ id, name, state: 'ready', built_in: true, models: [], capabilities }),
    start: (options, emit) => startGuide(options, emit, deps.clock, startCommand),
  };
}
