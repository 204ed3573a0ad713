import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { PermissionMode } from '../../protocol/values.ts';
import type { AcpAgent } from './agent.ts';
import type { AcpConnection, OnAnswer } from './connection.ts';
import { effortRefusedNotice, modelRefusedNotice } from './notices.ts';
import { modeImpossible } from './problems.ts';
import { agentMode, type Choice, isWideOpen, modeOf, noSettings, type Settings, settingsOf } from './settings.ts';
import type { Fields } from './wire.ts';

export interface SessionSettingsOptions {
  agent: AcpAgent;
  mode: PermissionMode;
  model: string | null;
  effort: string | null;
  emit: (event: ProviderEvent) => void;
  /** What can be chosen, or what is chosen, is different now. */
  onChanged: () => void;
}

/** How often an agent is set back in one turn; after that the turn ends. */
const maxTimesWide = 3;

interface Target {
  connection: AcpConnection;
  sessionId: string;
}

/** Keeps the mode, the model and the effort that the person chose and those the agent is in the same. A resumed or restarted agent never gets a wider mode. */
export class SessionSettings {
  readonly #options: SessionSettingsOptions;
  #mode: PermissionMode;
  #model: string | null;
  #effort: string | null;
  #settings: Settings = noSettings;
  /** The model the agent chose by itself: what "default" means. */
  #ownModel: string | null = null;
  /** The same of the effort. */
  #ownEffort: string | null = null;
  /** Requests on their way; until they are answered, what the agent says of its mode is old. */
  #asked = 0;
  #toldNoEffort = '';
  /** How often the agent took a mode that asks for nothing, since the last prompt. */
  #timesWide = 0;
  /** What waits for the assertion on its way: one after the other, so that none asks what another has asked. */
  #waiting: (() => void)[] | null = null;

  constructor(options: SessionSettingsOptions) {
    this.#options = options;
    this.#mode = options.mode;
    this.#model = options.model;
    this.#effort = options.effort;
  }

  /** What the agent offers, and where it stands. */
  get told(): Settings {
    return this.#settings;
  }

  /** A session was opened; what it offers. */
  opened(answer: Fields): void {
    this.#settings = settingsOf(answer);
    this.#ownModel = this.#settings.model?.current ?? null;
    this.#ownEffort = this.#settings.effort?.current ?? null;
    this.#asked = 0;
    this.#waiting = null;
  }

  chooseMode(mode: PermissionMode): void {
    this.#mode = mode;
  }

  chooseModel(model: string | null): void {
    this.#model = model;
  }

  chooseEffort(effort: string | null): void {
    this.#effort = effort;
  }

  /** `current_mode_update`: the agent changed its mode by itself (a plan was approved, it began to plan). */
  modeTold(agentsMode: string): void {
    const { mode } = this.#settings;
    if (agentsMode === '' || agentsMode === mode?.current) return;
    if (isWideOpen(agentsMode)) {
      this.#wentWide(agentsMode);
      return;
    }
    if (this.#asked > 0) return;
    if (mode !== null) this.#settings.mode = { ...mode, current: agentsMode };
    const told = modeOf(agentsMode);
    // One we have no name for is put back before the next prompt.
    if (told === null || told === this.#mode || (told === 'ask' && this.#mode === 'full')) return;
    this.#mode = told;
    this.#options.emit({ type: 'mode', mode: told });
  }

  /** It took a mode in which it asks for nothing. Whoever hears of that sets it back at once, unless a person gave it as much. */
  #wentWide(agentsMode: string): void {
    const { mode } = this.#settings;
    // Also of an agent that named no modes before: then it cannot be set back, and must not go on.
    this.#settings.mode = { ...(mode ?? { values: [], config: null }), current: agentsMode };
    if (this.#mode === 'full') return;
    this.#timesWide++;
    if (this.#mode === 'plan') {
      // Where a person approved the plan it is over, whatever else the agent makes of that. Where not, whoever hears of it chooses "plan" again.
      this.#mode = 'ask';
      this.#options.emit({ type: 'mode', mode: 'ask' });
      if ((this.#mode as PermissionMode) === 'plan') return;
    }
    this.#options.emit({ type: 'mode', mode: 'full' });
  }

  /** `config_option_update`: also when a person told the agent to take another model, in its own words. */
  settingsTold(update: Fields): void {
    const before = this.#settings;
    const next = settingsOf(update, before);
    this.#settings = { ...next, mode: before.mode };
    if (this.#asked === 0) {
      const { model, effort } = next;
      if (model !== null && before.model !== null && model.current !== before.model.current) {
        this.#ownModel = model.current;
        if (this.#model !== null) this.#model = model.current;
      }
      if (effort !== null && effort.current !== before.effort?.current) {
        this.#ownEffort = effort.current;
        if (this.#effort !== null) this.#effort = effort.current;
      }
    }
    if (next.mode !== null && next.mode.current !== before.mode?.current) this.modeTold(next.mode.current);
    this.#options.onChanged();
  }

  /** A person's next words: what the agent did by itself before them does not count any more. */
  promptDue(): void {
    this.#timesWide = 0;
  }

  /** Brings the agent to what was chosen. `onDone` gets a problem when work must not begin. */
  assert(target: Target, onDone: (problem: Problem | null) => void = () => {}): void {
    const begin = () => {
      this.#assertModel(target, () =>
        this.#assertEffort(target, () =>
          this.#assertMode(target, (problem) => {
            const [next, ...rest] = this.#waiting ?? [];
            this.#waiting = next === undefined ? null : rest;
            onDone(problem);
            next?.();
          }),
        ),
      );
    };
    if (this.#waiting !== null) this.#waiting.push(begin);
    else {
      this.#waiting = [];
      begin();
    }
  }

  #assertMode(target: Target, onDone: (problem: Problem | null) => void): void {
    const { agent } = this.#options;
    const choice = this.#settings.mode;
    const mode = this.#mode;
    const wanted = choice === null ? undefined : agentMode(choice, mode);
    const impossible = this.#impossible(choice, wanted);
    if (choice === null || wanted === undefined || wanted === choice.current || impossible !== null) {
      onDone(impossible === null ? null : modeImpossible(agent, mode, impossible));
      return;
    }
    this.#set(target, choice, wanted, 'mode', (answer) => {
      const { mode: now } = this.#settings;
      if (answer.ok && now !== null) this.#settings.mode = { ...now, current: wanted };
      const why = answer.ok ? null : answer.error.message || 'it did not take it';
      onDone(why === null ? null : modeImpossible(agent, mode, why));
    });
  }

  /** Why work must not begin although the agent has no mode to be set; null when it may. */
  #impossible(choice: Choice | null, wanted: string | undefined): string | null {
    const { current = '' } = choice ?? {};
    if (isWideOpen(current) && this.#timesWide > maxTimesWide && this.#mode !== 'full')
      return `it goes to its mode "${current}" by itself, again and again`;
    if (wanted !== undefined) return null;
    if (this.#mode === 'plan') return 'it offers no mode for planning';
    if (!isWideOpen(current)) return null;
    return `it is in its mode "${current}" and offers none that asks`;
  }

  #assertModel(target: Target, onDone: () => void): void {
    const choice = this.#settings.model;
    const wanted = this.#model ?? this.#ownModel;
    if (wanted === null || choice === null || wanted === choice.current) {
      if (choice === null && this.#model !== null)
        this.#options.emit(modelRefusedNotice(this.#model, 'the agent offers no choice of models'));
      if (choice === null) this.#model = null;
      onDone();
      return;
    }
    this.#set(target, choice, wanted, 'model', (answer) => {
      if (answer.ok) {
        const { model } = this.#settings;
        if (model !== null) this.#settings.model = { ...model, current: wanted };
        // What can be chosen, and what is usual, belongs to the model.
        if (this.#effort === null) this.#ownEffort = this.#settings.effort?.current ?? null;
      } else {
        this.#model = null;
        this.#options.emit(modelRefusedNotice(wanted, answer.error.message));
      }
      this.#options.onChanged();
      onDone();
    });
  }

  #assertEffort(target: Target, onDone: () => void): void {
    const choice = this.#settings.effort;
    const wanted = this.#effort ?? this.#ownEffort;
    if (wanted === null || wanted === choice?.current) {
      onDone();
      return;
    }
    if (choice === null || !choice.values.some((value) => value.id === wanted)) {
      // The next model may know it: it stays chosen.
      if (this.#effort !== null) this.#noEffort(wanted, choice);
      onDone();
      return;
    }
    this.#set(target, choice, wanted, 'effort', (answer) => {
      const { effort } = this.#settings;
      if (answer.ok && effort !== null) this.#settings.effort = { ...effort, current: wanted };
      if (!answer.ok) {
        this.#effort = null;
        this.#options.emit(effortRefusedNotice(wanted, answer.error.message));
      }
      this.#options.onChanged();
      onDone();
    });
  }

  /** Said once for each effort and model. */
  #noEffort(wanted: string, choice: Choice | null): void {
    const about = `${wanted} ${this.#settings.model?.current}`;
    if (about === this.#toldNoEffort) return;
    this.#toldNoEffort = about;
    const why = choice === null ? 'the agent offers no choice of it' : 'the model does not know it';
    this.#options.emit(effortRefusedNotice(wanted, why));
  }

  #set(
    { connection, sessionId }: Target,
    choice: Choice,
    value: string,
    what: 'mode' | 'model' | 'effort',
    onAnswer: OnAnswer,
  ): void {
    this.#asked++;
    const answered: OnAnswer = (answer) => {
      this.#asked--;
      // The answer tells all options as they are now.
      if (answer.ok && Array.isArray(answer.result.configOptions)) {
        const { mode } = this.#settings;
        this.#settings = { ...settingsOf(answer.result, this.#settings), mode };
      }
      onAnswer(answer);
    };
    if (choice.config !== null)
      connection.request('session/set_config_option', { sessionId, configId: choice.config, value }, answered);
    else if (what === 'mode') connection.request('session/set_mode', { sessionId, modeId: value }, answered);
    else connection.request('session/set_model', { sessionId, modelId: value }, answered);
  }
}
