import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Client } from './client.ts';
import { readPassword, setPassword } from './password.ts';

const typed = (text: string, isTTY: boolean) => {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  input.end(text);
  return { read: readPassword({ input, output }), shown: () => String(output.read() ?? '') };
};

describe('quarterdeck password', () => {
  it('takes the first line of stdin', async () => {
    expect(await typed('correct horse battery\nnot this\n', false).read).toBe('correct horse battery');
    expect(await typed('', false).read).toBe('');
  });

  it('does not show what is typed at a terminal', async () => {
    const { read, shown } = typed('correct horse battery\r', true);
    expect(await read).toBe('correct horse battery');
    expect(shown()).toBe('New password: \n');
  });

  it('asks for nothing with a password that is too short', async () => {
    const asked: unknown[] = [];
    const client = { ask: (question: unknown) => asked.push(question) } as unknown as Client;
    expect(await setPassword(client, 'short')).toMatchObject({ ok: false, error: { code: 'invalid_frame' } });
    expect(asked).toEqual([]);
    await setPassword(client, null);
    expect(asked).toEqual([{ type: 'password_set', password: null }]);
  });
});
