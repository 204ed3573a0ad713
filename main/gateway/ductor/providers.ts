import type { ProviderInfo } from '../../protocol/values.ts';

const known: Readonly<Record<string, { name: string; color: string }>> = {
  claude: { name: 'Claude Code', color: '#F97316' },
  gemini: { name: 'Gemini', color: '#8B5CF6' },
  codex: { name: 'Codex', color: '#10B981' },
};

/** A provider as `auth_ok` lists it: ductor's names and colours, and nothing of this machine. */
export const providerCard = ({ id, name, models }: ProviderInfo) => ({
  id,
  name: known[id]?.name ?? name,
  color: known[id]?.color ?? '#A1A1AA',
  models: models.map((model) => model.id),
});
