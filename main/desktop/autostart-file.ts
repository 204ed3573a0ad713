/**
 * The file by which desktops of Linux start programs at login (freedesktop.org, Desktop Application Autostart and Desktop Entry Specification 1.5).
 */

/** What a file says about starting. */
export interface AutostartEntry {
  /** The program with its arguments, in the order of `argv`. */
  command: string[];
  /** False: the file is there and switched off, by the desktop's own settings for one. */
  enabled: boolean;
}

/** @param command - program and arguments. */
export function formatAutostart(command: readonly string[]): string {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    'Name=Quarterdeck',
    `Exec=${escapeValue(command.map(quoteArgument).join(' '))}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
  ];
  return `${lines.join('\n')}\n`;
}

/** Null: the file starts nothing. */
export function parseAutostart(text: string): AutostartEntry | null {
  const values = new Map<string, string>();
  let group = '';
  for (const line of text.split('\n')) {
    const heading = /^\[(.*)\]\s*$/.exec(line);
    if (heading !== null) group = heading[1]!;
    // The lines of the file end with a newline alone: U+2028 and its like are signs as any other, of a path too.
    const entry = /^([A-Za-z0-9-]+)\s*=\s*(.*?)\r?$/s.exec(line);
    if (entry !== null && group === 'Desktop Entry') values.set(entry[1]!, entry[2]!);
  }
  const command = splitCommand(unescapeValue(values.get('Exec') ?? ''));
  if (command.length === 0) return null;
  const enabled = values.get('Hidden') !== 'true' && values.get('X-GNOME-Autostart-enabled') !== 'false';
  return { command, enabled };
}

/** "Arguments may be quoted in whole": always, so that no character of a path means anything. A percent sign begins a field code. */
const quoteArgument = (argument: string): string =>
  `"${argument.replace(/["`$\\]/g, (sign) => `\\${sign}`).replaceAll('%', '%%')}"`;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };
const escapeValue = (value: string): string => value.replace(/[\\\n\t\r]/g, (sign) => escapes[sign]!);
const unescapeValue = (value: string): string =>
  value.replace(/\\([snrt\\])/g, (_all, sign: string) => ({ s: ' ', n: '\n', r: '\r', t: '\t' })[sign] ?? '\\');

/** Field codes (%U and the like) stand for files that are opened; at login there are none. */
function splitCommand(text: string): string[] {
  const words = text.match(/"(?:\\[\s\S]|[^"\\])*"|[^\s"]+/g) ?? [];
  return words
    .filter((word) => !/^%[a-zA-Z]$/.test(word))
    .map((word) =>
      (word.startsWith('"') ? word.slice(1, -1).replace(/\\([\s\S])/g, '$1') : word).replaceAll('%%', '%'),
    );
}
