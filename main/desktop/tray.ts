import { join } from 'node:path';
import { app, Menu, nativeImage, Tray } from 'electron';
import { sessionLine } from '../protocol/notice-text.ts';
import { noticeWords } from '../protocol/notice-words.ts';
import type { SessionSummary } from '../protocol/views.ts';
import type { SpokenLanguage } from './spoken-language.ts';
import { type TrayActions, trayTemplate, type WaitingLine } from './tray-menu.ts';

export interface TrayParts {
  platform: NodeJS.Platform;
  sessions: Iterable<SessionSummary>;
  onSummary(listener: (session: SessionSummary) => void): void;
  redact(text: string): string;
  actions: TrayActions;
  spoken: SpokenLanguage;
  warn(line: string): void;
}

/** macOS draws a template in the colour of its bar; there the number stands beside it. Elsewhere the icon has a dot while something waits. */
function imageOf(platform: NodeJS.Platform, waits: boolean) {
  const name =
    platform === 'darwin' ? 'trayTemplate' : `tray${platform === 'win32' ? '-16' : ''}${waits ? '-waiting' : ''}`;
  const image = nativeImage.createFromPath(join(app.getAppPath(), 'resources', `${name}.png`));
  if (platform === 'darwin') image.setTemplateImage(true);
  return image;
}

/**
 * The icon beside the clock, with how many sessions wait and what is wanted most. It is never the only way to anything: a desktop that has no place
 * for it, or does not take it, lacks nothing else.
 * @returns whether there is one.
 */
export function createTray({ platform, sessions, onSummary, redact, actions, spoken, warn }: TrayParts): boolean {
  let tray: Tray;
  try {
    tray = new Tray(imageOf(platform, false));
  } catch (error) {
    warn(`There is no icon beside the clock: ${error instanceof Error ? error.message : error}`);
    return false;
  }
  const waiting = new Map<string, SessionSummary>();
  let drawn = '';

  function keep(session: SessionSummary): void {
    if (session.status === 'waiting' && !session.archived) waiting.set(session.session_id, session);
    else waiting.delete(session.session_id);
  }
  function draw(): void {
    const words = spoken.words();
    const lines = [...waiting.values()].map((session): WaitingLine => {
      const text = sessionLine(session, noticeWords[spoken.language()], redact, false);
      return { session_id: session.session_id, text };
    });
    const now = JSON.stringify([spoken.language(), lines]);
    // Whoever has the menu open keeps it.
    if (now === drawn) return;
    drawn = now;
    tray.setToolTip(`Quarterdeck: ${words.tray.waiting(lines.length)}`);
    if (platform === 'darwin') tray.setTitle(lines.length === 0 ? '' : ` ${lines.length}`);
    else tray.setImage(imageOf(platform, lines.length > 0));
    tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(lines, actions, words)));
  }

  for (const session of sessions) keep(session);
  draw();
  // On macOS a click opens the menu.
  if (platform !== 'darwin') tray.on('click', actions.show);
  onSummary((session) => {
    keep(session);
    draw();
  });
  spoken.onChange(draw);
  return true;
}
