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
  /** How long it thinks (category `thought_level`); what can be chosen may depend on the model. */
  effort: Choice | null;
}

export const noSettings: Settings = { mode: null, model: null, effort: null };

/** What the answer to `session/new`, `session/load` or `session/resume` offers; also a `config_option_update`. */
export function settingsOf(answer: Fields, before: Settings = noSettings): Settings {
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
    // The options are told as a whole: what is missing is gone.
    effort: Array.isArray(answer.configOptions) ? configChoice(answer.configOptions, 'thought_level') : before.effort,
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

const asking = ['default', 'ask', 'manual', 'normal', 'readonly', 'code', 'agent', 'build'];

/**
 * Names agents give to what we call by ours, best first; compared without case and punctuation. With `accept-edits` and `full` the agent asks as
 * always, and is answered by us: what it would call an edit is its own matter.
 */
const names: { readonly [M in PermissionMode]: readonly string[] } = {
  ask: asking,
  'accept-edits': asking,
  full: asking,
  plan: ['plan', 'planning'],
};

/** Modes an agent takes by itself in which it edits without a question. */
const editing = ['acceptedits', 'autoedit', 'autoedits'];

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
  if (editing.includes(name)) return 'accept-edits';
  return names.ask.includes(name) ? 'ask' : null;
}

export function isWideOpen(agentMode: string): boolean {
  return wideOpen.test(plain(agentMode));
}

/**
 * The models to choose from, each with the efforts it takes. Agents tell only those of the model they are in: `known` remembers what was told of
 * the others; of one that was never in use the same is expected.
 */
export function modelsOf({ model, effort }: Settings, known: Map<string, readonly string[]>): ModelInfo[] {
  if (model === null) return [];
  const now = (effort?.values ?? []).map((value) => value.id).filter((id) => id !== 'default');
  known.set(model.current, now);
  const anyEffort = effort !== null || [...known.values()].some((efforts) => efforts.length > 0);
  const expected = now.length > 0 ? now : ([...known.values()].find((efforts) => efforts.length > 0) ?? []);
  return model.values.map((value) => {
    const efforts = known.get(value.id) ?? (anyEffort ? expected : []);
    return efforts.length === 0 ? value : { ...value, efforts: [...efforts] };
  });
}
