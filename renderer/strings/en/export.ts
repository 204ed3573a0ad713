import type { ExportFormat } from '../../../main/export/events.ts';

/** What is said of taking a session elsewhere. */
export const exportStrings = {
  as: {
    md: 'Export as Markdown',
    html: 'Export as HTML',
    json: 'Export as JSON with hashes',
  } satisfies Record<ExportFormat, string>,
};
