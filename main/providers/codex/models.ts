import type { ModelInfo } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from '../claude/wire.ts';

const maxModels = 100;

/** The models of each version of the CLI, learned from `model/list` of a running one. */
export class ModelCatalogue {
  readonly #byVersion = new Map<string, ModelInfo[]>();

  /** @returns whether something is new. */
  learn(version: string, answer: Fields): boolean {
    const models = list(answer.data)
      .slice(0, maxModels)
      .map(fields)
      .flatMap((model) => {
        const id = string(model.model) ?? string(model.id);
        if (id === undefined || id === '' || model.hidden === true) return [];
        const description = string(model.description);
        return [{ id, name: string(model.displayName) ?? id, ...(description ? { description } : {}) }];
      });
    if (models.length === 0 || JSON.stringify(this.#byVersion.get(version)) === JSON.stringify(models)) return false;
    this.#byVersion.set(version, models);
    return true;
  }

  of(version: string | undefined): ModelInfo[] {
    return [...(this.#byVersion.get(version ?? '') ?? [])];
  }
}
