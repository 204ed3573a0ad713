import type { ModelInfo } from '../../protocol/values.ts';
import { type Fields, fields, list, string } from './wire.ts';

/** The CLI's own aliases, which every version knows: shown until a live conversation has told what there really is. */
const aliases: readonly ModelInfo[] = [
  { id: 'default', name: 'Default', description: 'The model that is recommended for your account' },
  { id: 'opus', name: 'Opus', description: 'For complex work' },
  { id: 'sonnet', name: 'Sonnet', description: 'For everyday work' },
  { id: 'haiku', name: 'Haiku', description: 'For quick answers' },
];

const maxModels = 100;

/** The models of each version of the CLI, learned from the answer to `initialize`. */
export class ModelCatalogue {
  readonly #byVersion = new Map<string, ModelInfo[]>();

  /** @returns whether something is new. */
  learn(answer: Fields): boolean {
    const version = string(answer.claude_code_version) ?? '';
    const models = list(answer.models)
      .slice(0, maxModels)
      .map(fields)
      .flatMap((model) => {
        const id = string(model.value);
        const description = string(model.description);
        if (id === undefined || id === '') return [];
        return [{ id, name: string(model.displayName) ?? id, ...(description === undefined ? {} : { description }) }];
      });
    if (models.length === 0) return false;
    const known = this.#byVersion.get(version);
    this.#byVersion.set(version, models);
    return JSON.stringify(known) !== JSON.stringify(models);
  }

  of(version: string | undefined): ModelInfo[] {
    return this.#byVersion.get(version ?? '') ?? [...aliases];
  }
}
