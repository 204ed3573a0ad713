import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAutostart, parseAutostart } from './autostart-file.ts';

describe('the file of the autostart', () => {
  it('quotes as the specification has it', () => {
    const file = formatAutostart(['/opt/My "App"/quarter$deck', '--home=/home/a b\\c/100%', '--hidden']);
    // Twice: once as a quoted argument, once as a value of type string.
    expect(file).toContain(
      String.raw`Exec="/opt/My \\"App\\"/quarter\\$deck" "--home=/home/a b\\\\c/100%%" "--hidden"`,
    );
  });

  it('is read back to what was written, whatever stands in a path', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (command) => {
        expect(parseAutostart(formatAutostart(command))).toEqual({ command, enabled: true });
      }),
    );
  });

  it.each(['\u2028', '\u2029'])(
    'is read back also with a sign in a path that ends a line for some, and none in the file: %j',
    (sign) => {
      const command = [`/opt/my${sign}app`, '--hidden'];
      expect(parseAutostart(formatAutostart(command))).toEqual({ command, enabled: true });
    },
  );

  it('is off when the desktop or the person switched it off in the file', () => {
    const file = formatAutostart(['/usr/bin/quarterdeck']);
    expect(parseAutostart(`${file}Hidden=true\n`)?.enabled).toBe(false);
    expect(parseAutostart(file.replace('enabled=true', 'enabled=false'))?.enabled).toBe(false);
  });

  it('is understood when another program wrote it, and is none without a command', () => {
    const other = '[Desktop Entry]\r\nName=x\r\nExec = /usr/bin/quarterdeck %U\r\n[Desktop Action a]\nExec=/bin/evil\n';
    expect(parseAutostart(other)).toEqual({ command: ['/usr/bin/quarterdeck'], enabled: true });
    for (const text of ['', 'Exec=/bin/x', '[Desktop Entry]\nName=x\n']) expect(parseAutostart(text)).toBeNull();
  });
});
