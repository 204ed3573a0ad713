import type { ImportedSession } from '../protocol/views.ts';

/**
 * What an agent is told of an earlier conversation that it cannot resume: what the person and the agent said, oldest first, the newest whole.
 * @returns null when nothing was said.
 */
export function importDigest(
  { provider, cwd, last_at }: Pick<ImportedSession, 'provider' | 'cwd' | 'last_at'>,
  said: readonly { kind: 'user' | 'text'; text: string }[],
): string | null {
  if (said.length === 0) return null;
  const when =
    last_at === null ? '' : ` It ended at ${new Date(last_at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
  const where = cwd === null ? '' : ` in ${cwd}`;
  const pieces = said.map(({ kind, text }) => `### ${kind === 'user' ? 'The person' : provider}\n${text}`);
  return [
    `This goes on with an earlier conversation${where}.${when} What was said in it (what tools did is left out; look at the files):`,
    ...pieces,
  ].join('\n\n');
}
