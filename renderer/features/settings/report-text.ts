import type { DoctorReport } from '../../../main/protocol/views.ts';

const marks = { ok: 'ok  ', warning: 'WARN', error: 'FAIL' };

/** A report of the doctor as plain text, for a bug report. Secrets were taken out where it was made. */
export function reportText({ checks, providers, not_understood = [] }: DoctorReport): string {
  const lines = checks.map(({ state, label, text, next }) =>
    [`${marks[state]}  ${label}: ${text}`, next && `      -> ${next}`].filter(Boolean).join('\n'),
  );
  const agents = providers.map(
    ({ id, state, version, known_good, path }) =>
      `${id}: ${[state, version, known_good, path].filter(Boolean).join(', ')}`,
  );
  const kinds = not_understood.map(
    ({ provider, version, what, count, sample }) =>
      `${provider} ${version ?? '?'}: ${what} (${count} times)\n  ${sample}`,
  );
  const part = (title: string, rows: readonly string[]): string =>
    rows.length === 0 ? '' : `\n\n${title}\n${rows.join('\n')}`;
  return `Quarterdeck diagnostics\n${lines.join('\n')}${part('Agents', agents)}${part('Not understood', kinds)}\n`;
}
