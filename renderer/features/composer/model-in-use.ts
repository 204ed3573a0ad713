import type { ModelInfo } from '../../../main/protocol/values.ts';

/**
 * The model that will answer, as far as it can be known: the chosen one, else the one the CLI says it uses, else the first of the list, which is
 * the CLI's default. A name nobody listed is none of them.
 */
export function modelInUse(
  models: readonly ModelInfo[],
  chosen: string | null,
  told: string | null,
): ModelInfo | undefined {
  const byId = (id: string) => models.find((one) => one.id === id);
  if (chosen !== null) return byId(chosen);
  return (told !== null ? byId(told) : undefined) ?? models[0];
}
