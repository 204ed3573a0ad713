import type { ModelInfo, PermissionMode } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from './wire.ts';

/** One thing of a session that can be chosen: the mode, the model. */
export interface Choice {
  current: string;
  values: readonly ModelInfo[];
  /** How it is set: with a method of its own, or as a configuration option with this id. */
  config: string | null;
}

export interface Settings {
  mode: Choice | null;
  model: Choice | null;
}

/** What the answer to `session/new`, `session/load` or `session/resume` offers; also a `config_option_update`. */
export function settingsOf(answer: Fields, before: Settings = { mode: null, model: null }): Settings {
  const modes = fields(answer.modes);
  const models = fields(answer.models);
  return {
    mode:
      choiceOf(string(modes.currentModeId), list(modes.availableModes), 'id') ??
      configChoice(answer.configOptions, 'mode') ??
      before.mode,
    model:
      choiceOf(string(models.currentModelId), list(models.availableModels), 'modelId') ??
      configChoice(answer.configOptions, 'model') ??
      before.model,
  };
}

function choiceOf(current: string | undefined, values: readonly unknown[], idField: string): Choice | null {
  if (current === undefined) return null;
  return { current, values: values.map(fields).flatMap((value) => choosable(value, idField)), config: null };
}

function configChoice(options: unknown, category: string): Choice | null {
  const option = list(options)
    .map(fields)
    .find((one) => one.category === category && one.type === 'select');
  const [id, current] = [string(option?.id), string(option?.currentValue)];
  if (option === undefined || id === undefined || current === undefined) return null;
  // Options may stand in groups.
  const flat = list(option.options)
    .map(fields)
    .flatMap((one) => (Array.isArray(one.options) ? list(one.options).map(fields) : [one]));
  return { current, values: flat.flatMap((value) => choosable(value, 'value')), config: id };
}

function choosable(value: Fields, idField: string): ModelInfo[] {
  const id = string(value[idField]);
  if (id === undefined || id === '') return [];
  const description = string(value.description);
  return [{ id, name: string(value.name) ?? id, ...(description === undefined ? {} : { description }) }];
}

/** Names agents give to what we call by ours, best first; compared without case and punctuation. `full` asks, and is answered by us. */
const names: { readonly [M in PermissionMode]: readonly string[] } = {
  ask: ['default', 'ask', 'manual', 'normal', 'readonly', 'code', 'agent', 'build'],
  full: ['default', 'ask', 'manual', 'normal', 'readonly', 'code', 'agent', 'build'],
  'accept-edits': ['acceptedits', 'autoedit', 'autoedits'],
  plan: ['plan', 'planning'],
};

/** Modes in which an agent does not ask at all. */
const wideOpen = /yolo|bypass|full|dontask|dangerous|auto(?:run|approve)|neverask/;

const plain = (id: string) => id.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * The agent's mode for one of ours.
 * @returns its id; undefined when it has none like it (then `isOpen` of the current one decides whether work may begin).
 */
export function agentMode(choice: Choice, mode: PermissionMode): string | undefined {
  const ids = choice.values.map((value) => value.id);
  for (const name of names[mode]) {
    const found = ids.find((id) => plain(id) === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @returns our name of a mode the agent took by itself; null for one we have no name for. */
export function modeOf(agentMode: string): PermissionMode | null {
  const name = plain(agentMode);
  if (names.plan.includes(name)) return 'plan';
  if (names['accept-edits'].includes(name)) return 'accept-edits';
  return names.ask.includes(name) ? 'ask' : null;
}

export function isWideOpen(agentMode: string): boolean {
  return wideOpen.test(plain(agentMode));
}
