import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { PermissionMode } from '../../protocol/values.ts';
import type { AcpAgent } from './agent.ts';
import type { AcpConnection, OnAnswer } from './connection.ts';
import { modelRefusedNotice, modeRefusedNotice } from './notices.ts';
import { modeImpossible } from './problems.ts';
import { agentMode, type Choice, isWideOpen, modeOf, type Settings, settingsOf } from './settings.ts';
import type { Fields } from './wire.ts';

export interface SessionSettingsOptions {
  agent: AcpAgent;
  mode: PermissionMode;
  model: string | null;
  emit: (event: ProviderEvent) => void;
}

interface Target {
  connection: AcpConnection;
  sessionId: string;
}

/** Keeps the mode and the model that the person chose and those the agent is in the same. A resumed or restarted agent never gets a wider mode. */
export class SessionSettings {
  readonly #options: SessionSettingsOptions;
  #mode: PermissionMode;
  #model: string | null;
  #settings: Settings = { mode: null, model: null };
  /** The model the agent chose by itself: what "default" means. */
  #ownModel: string | null = null;
  /** Requests on their way; until they are answered, what the agent says of its mode is old. */
  #asked = 0;
  #toldNoEdits = false;
  /** What waits for the assertion on its way: one after the other, so that none asks what another has asked. */
  #waiting: (() => void)[] | null = null;

  constructor(options: SessionSettingsOptions) {
    this.#options = options;
    this.#mode = options.mode;
    this.#model = options.model;
  }

  get model(): Choice | null {
    return this.#settings.model;
  }

  /** A session was opened; what it offers. */
  opened(answer: Fields): void {
    this.#settings = settingsOf(answer);
    this.#ownModel = this.#settings.model?.current ?? null;
    this.#asked = 0;
    this.#waiting = null;
  }

  chooseMode(mode: PermissionMode): void {
    this.#mode = mode;
  }

  chooseModel(model: string | null): void {
    this.#model = model;
  }

  /** `current_mode_update`: the agent changed its mode by itself (a plan was approved, it began to plan). */
  modeTold(agentsMode: string): void {
    const { mode } = this.#settings;
    if (this.#asked > 0 || agentsMode === '' || agentsMode === mode?.current) return;
    if (mode !== null) this.#settings.mode = { ...mode, current: agentsMode };
    const told = modeOf(agentsMode);
    // One we have no name for, or that asks for nothing, is put back before the next prompt.
    if (told === null || told === this.#mode || (told === 'ask' && this.#mode === 'full')) return;
    this.#mode = told;
    this.#options.emit({ type: 'mode', mode: told });
  }

  /** `config_option_update` */
  settingsTold(update: Fields): void {
    const before = this.#settings.mode?.current;
    const next = settingsOf(update, this.#settings);
    const current = next.mode?.current;
    this.#settings = { ...next, mode: this.#settings.mode };
    if (current !== undefined && current !== before) this.modeTold(current);
  }

  /** Brings the agent to what was chosen. `onDone` gets a problem when work must not begin. */
  assert(target: Target, onDone: (problem: Problem | null) => void = () => {}): void {
    const begin = () => {
      this.#assertModel(target, () =>
        this.#assertMode(target, (problem) => {
          const [next, ...rest] = this.#waiting ?? [];
          this.#waiting = next === undefined ? null : rest;
          onDone(problem);
          next?.();
        }),
      );
    };
    if (this.#waiting !== null) this.#waiting.push(begin);
    else {
      this.#waiting = [];
      begin();
    }
  }

  #assertMode(target: Target, onDone: (problem: Problem | null) => void): void {
    const { agent, emit } = this.#options;
    const choice = this.#settings.mode;
    const mode = this.#mode;
    const same = choice === null ? undefined : agentMode(choice, mode);
    // Where it cannot accept edits by itself, it asks.
    const wanted = same ?? (choice !== null && mode === 'accept-edits' ? agentMode(choice, 'ask') : undefined);
    if (same === undefined && mode === 'accept-edits') this.#noEdits();
    const impossible = this.#impossible(choice, wanted);
    if (choice === null || wanted === undefined || wanted === choice.current || impossible !== null) {
      onDone(impossible === null ? null : modeImpossible(agent, mode, impossible));
      return;
    }
    this.#asked++;
    this.#set(target, choice, wanted, 'mode', (answer) => {
      this.#asked--;
      const { mode: now } = this.#settings;
      if (answer.ok && now !== null) this.#settings.mode = { ...now, current: wanted };
      // It stays in a mode that asks: more questions than wished for, and nothing worse.
      const harmless = mode === 'accept-edits' && !isWideOpen(choice.current);
      if (!answer.ok && harmless) emit(modeRefusedNotice(agent.name, wanted, answer.error.message));
      const why = answer.ok || harmless ? null : answer.error.message || 'it did not take it';
      onDone(why === null ? null : modeImpossible(agent, mode, why));
    });
  }

  /** Why work must not begin although the agent has no mode to be set; null when it may. */
  #impossible(choice: Choice | null, wanted: string | undefined): string | null {
    if (wanted !== undefined) return null;
    if (this.#mode === 'plan') return 'it offers no mode for planning';
    if (choice === null || !isWideOpen(choice.current)) return null;
    return `it is in its mode "${choice.current}" and offers none that asks`;
  }

  #noEdits(): void {
    const { agent, emit } = this.#options;
    if (!this.#toldNoEdits) emit(modeRefusedNotice(agent.name, 'accept-edits', 'it offers no such mode'));
    this.#toldNoEdits = true;
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
        if (this.#settings.model !== null) this.#settings.model = { ...this.#settings.model, current: wanted };
      } else {
        this.#model = null;
        this.#options.emit(modelRefusedNotice(wanted, answer.error.message));
      }
      onDone();
    });
  }

  #set(
    { connection, sessionId }: Target,
    choice: Choice,
    value: string,
    what: 'mode' | 'model',
    onAnswer: OnAnswer,
  ): void {
    if (choice.config !== null)
      connection.request('session/set_config_option', { sessionId, configId: choice.config, value }, onAnswer);
    else if (what === 'mode') connection.request('session/set_mode', { sessionId, modeId: value }, onAnswer);
    else connection.request('session/set_model', { sessionId, modelId: value }, onAnswer);
  }
}
