import type { ModelInfo } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from '../shared/fields.ts';

const maxModels = 100;

/** The models of each version of the CLI, learned from `model/list` of a running one. */
export class ModelCatalogue {
  readonly #byVersion = new Map<string, ModelInfo[]>();

  /** @returns whether something is new. */
  learn(version: string, answer: Fields): boolean {
    const models = list(answer.data)
      .slice(0, maxModels)
      .flatMap((model) => readModel(fields(model)) ?? []);
    if (models.length === 0 || JSON.stringify(this.#byVersion.get(version)) === JSON.stringify(models)) return false;
    this.#byVersion.set(version, models);
    return true;
  }

  of(version: string | undefined): ModelInfo[] {
    return [...(this.#byVersion.get(version ?? '') ?? [])];
  }

  /** The effort with which a model works when none is chosen, as far as it is known. */
  defaultEffort(version: string | undefined, model: string | null): string | undefined {
    return this.#byVersion.get(version ?? '')?.find(({ id }) => id === model)?.default_effort;
  }
}

/** `Model` of `model/list`: the efforts are `{ reasoningEffort, description }`, lowest first. */
function readModel(model: Fields): ModelInfo | null {
  const id = string(model.model) ?? string(model.id);
  if (id === undefined || id === '' || model.hidden === true) return null;
  const info: ModelInfo = { id, name: string(model.displayName) || id };
  const description = string(model.description);
  if (description) info.description = description;
  const efforts = list(model.supportedReasoningEfforts)
    .map((one) => string(fields(one).reasoningEffort) ?? '')
    .filter((effort) => effort !== '' && effort.length <= 50);
  if (efforts.length > 0) info.efforts = efforts;
  const usual = string(model.defaultReasoningEffort);
  if (usual !== undefined && efforts.includes(usual)) info.default_effort = usual;
  return info;
}
