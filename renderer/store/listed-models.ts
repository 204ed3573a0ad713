import type { ModelInfo } from '../../main/protocol/values.ts';

/** As some CLIs call the model they use when none is chosen. */
export const defaultModel = 'default';

/** Models to choose from: without the CLI's own entry for its default, which the window offers for every agent. */
export const listedModels = (models: readonly ModelInfo[]): readonly ModelInfo[] =>
  models.filter((one) => one.id !== defaultModel);
