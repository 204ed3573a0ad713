import type { ModelInfo } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from '../shared/fields.ts';

/** The CLI's own aliases, which every version knows: shown until a process of it has told what there really is. */
const aliases: readonly ModelInfo[] = [
  { id: 'default', name: 'Default', description: 'The model that is recommended for your account' },
  { id: 'opus', name: 'Opus', description: 'For complex work' },
  { id: 'sonnet', name: 'Sonnet', description: 'For everyday work' },
  { id: 'haiku', name: 'Haiku', description: 'For quick answers' },
];

const maxModels = 100;
const maxEfforts = 20;

/** The models of each version of the CLI and their levels of reasoning effort, learned from the answers to `initialize` and `get_settings`. */
export class ModelCatalogue {
  readonly #byVersion = new Map<string, ModelInfo[]>();
  /** The effort that holds for a model when none was chosen, by the model's own id. */
  readonly #defaultEfforts = new Map<string, string>();

  /**
   * @param answer - to `initialize`.
   * @param more.version - of the CLI, for one that does not say it in its answer.
   * @param more.settings - answer to `get_settings`, where it was asked.
   * @returns whether something is new.
   */
  learn(answer: Fields, { version: known, settings }: { version?: string | undefined; settings?: Fields }): boolean {
    const version = string(answer.claude_code_version) ?? known ?? '';
    const applied = fields(settings?.applied);
    const [model, effort] = [string(applied.model), string(applied.effort)];
    if (model !== undefined && effort !== undefined) this.#defaultEfforts.set(model, effort);
    const models = list(answer.models)
      .slice(0, maxModels)
      .map(fields)
      .flatMap((entry) => this.#model(entry));
    if (models.length === 0) return false;
    const before = this.#byVersion.get(version);
    this.#byVersion.set(version, models);
    return JSON.stringify(before) !== JSON.stringify(models);
  }

  knows(version: string): boolean {
    return this.#byVersion.has(version);
  }

  of(version: string | undefined): ModelInfo[] {
    return this.#byVersion.get(version ?? '') ?? [...aliases];
  }

  #model(entry: Fields): ModelInfo[] {
    const id = string(entry.value);
    if (id === undefined || id === '') return [];
    const model: ModelInfo = { id, name: string(entry.displayName) ?? id };
    const description = string(entry.description);
    if (description !== undefined) model.description = description;
    const efforts = list(entry.supportedEffortLevels)
      .filter((level): level is string => typeof level === 'string' && level !== '' && level.length <= 50)
      .slice(0, maxEfforts);
    if (entry.supportsEffort === false || efforts.length === 0) return [model];
    model.efforts = efforts;
    const usual = this.#defaultEfforts.get(string(entry.resolvedModel) ?? id);
    if (usual !== undefined && efforts.includes(usual)) model.default_effort = usual;
    return [model];
  }
}
