import type { DurableEvent } from '../protocol/events.ts';
import type { ExportPage } from '../protocol/export.ts';
import type { FetchBytes } from './pictures.ts';

/** What is known of the session that is taken elsewhere. */
export interface ExportedSession {
  readonly session_id: string;
  readonly title: string;
  readonly cwd: string;
  readonly provider: string;
}

/** Fetches the page after an event. */
export type FetchPage = (after_seq: number) => Promise<ExportPage>;

/** Where a session is read from. */
export interface ExportSource {
  readonly page: FetchPage;
  /** Of its attachments, and of files in its folder. */
  readonly bytes: FetchBytes;
}

export const exportFormats = ['md', 'html', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** All pages, one after the other: a session of any length is never in memory as a whole. */
export async function* pagesOf(fetchPage: FetchPage): AsyncGenerator<ExportPage> {
  for (let after: number | null = 0; after !== null; ) {
    const page: ExportPage = await fetchPage(after);
    yield page;
    after = page.next;
  }
}

/** The events of a page. One that cannot be read is left out here; it stands in the JSON as it is. */
export function eventsOf(page: ExportPage): DurableEvent[] {
  return page.events.flatMap(({ body, seq }) => {
    try {
      return [{ ...(JSON.parse(body) as DurableEvent), seq }];
    } catch {
      return [];
    }
  });
}

/** A name for the file: what of the title every file system takes. */
export function exportName(title: string, format: ExportFormat): string {
  const name = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${name || 'session'}.${format}`;
}
