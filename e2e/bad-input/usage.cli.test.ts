import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, startsLike } from './app-test-support.ts';

describe.concurrent('wrong usage of the command line', () => {
  const wrong: [args: string[], words: string][] = [
    [[], 'verb'],
    [['snd', 'hello'], '"snd" is not a verb'],
    [['send'], 'needs a TEXT'],
    [['send', ''], 'needs a TEXT'],
    [['send', '--json', ''], 'needs a TEXT'],
    [['send', '--mode', 'god', 'hi'], '--mode is one of'],
    [['send', '--nonsense', 'hi'], '--nonsense'],
    [['send', '--session', 'ses_1', '--cwd', '/tmp', 'hi'], 'for new sessions only'],
    [['send', '--provider', '', 'hi'], '--provider needs a value'],
    [['show'], 'needs the ID'],
    [['show', 'a', 'b'], 'too much'],
    [['keys'], 'create, list or revoke'],
    [['keys', 'create', '--name', 'x'], '--scopes'],
    [['keys', 'revoke'], 'needs the ID'],
    [['status', 'now'], 'too much'],
    [['send', '--model', '--dangerously-skip-permissions', 'hi'], '--model'],
  ];
  it('is answered with one sentence on stderr and exit code 2, and touches nothing', async ({ stage }) => {
    const home = stage.folder('home');
    for (const [args, words] of wrong) {
      const ran = await stage.quarterdeck(args, { home });
      expect([args, ran.code, ran.stdout]).toEqual([args, 2, '']);
      expect(ran.stderr).toContain(words);
      expect(ran.stderr).toContain('--help');
      expect(ran.stderr).not.toMatch(/^\s+at /m);
    }
    expect(readdirSync(home)).toEqual([]);
  });

  it('of serve is answered the same way', async ({ stage }) => {
    const home = stage.folder('home');
    for (const args of [['--port', 'seven'], ['--port', '70000'], ['--nonsense'], ['something']]) {
      const ran = await stage.serveToEnd({ home, args });
      expect([args, ran.code]).toEqual([args, 2]);
      expect(ran.stderr).toContain('Usage');
    }
  });
});

describe.concurrent('send, when it cannot be done', () => {
  it('is refused with words and exit code 5, and opens no session', async ({ stage }) => {
    const [home, cwd] = [stage.folder('home'), stage.folder()];
    const refused: [args: string[], code: string, words: string][] = [
      [['--session', 'ses_doesnotexist', 'hi'], 'not_found', 'session'],
      [['--provider', 'gpt', '--cwd', cwd, 'hi'], 'provider_unknown', 'demo'],
    ];
    for (const [args, code, words] of refused) {
      const ran = await stage.quarterdeck(['send', '--json', ...args], { home });
      expect([args, ran.code], ran.stderr).toEqual([args, 5]);
      const error = ran.lines.find((line) => line.type === 'error')?.error as { [part: string]: string };
      expect(error).toMatchObject({ code, impact: expect.any(String), next: expect.any(String) });
      expect(ran.stderr).toContain(words);
    }
    expect(JSON.parse((await stage.quarterdeck(['sessions', '--json'], { home })).stdout)).toEqual([]);
  });

  it('because the agent is broken or not there: says so on both streams, and the exit code tells which', async ({
    stage,
  }) => {
    const [home, cwd] = [stage.folder('home'), stage.folder()];
    startsLike(cwd, 'exits');
    const broken = await stage.quarterdeck(['send', '--json', '--provider', 'claude', '--cwd', cwd, 'hi'], { home });
    expect(broken.code, broken.stderr).toBe(1);
    const end = broken.lines.find((line) => line.type === 'turn_end');
    expect(end).toMatchObject({ status: 'failed', problem: { code: 'provider_failed', next: expect.any(String) } });
    const inWords = await stage.quarterdeck(['send', '--provider', 'claude', '--cwd', cwd, 'hi'], { home });
    expect(inWords.code).toBe(1);
    expect(inWords.stderr).toContain('exit code 3');
    expect(inWords.stderr).toContain('broken at line 7');

    const env = { QUARTERDECK_CLAUDE_PATH: join(cwd, 'nowhere') };
    const missing = await stage.quarterdeck(['send', '--provider', 'claude', '--cwd', cwd, 'hi'], { home, env });
    expect(missing.code).toBe(5);
    expect(missing.stderr).toContain(join(cwd, 'nowhere'));
    expect(missing.stderr).toContain('QUARTERDECK_CLAUDE_PATH');
    expect((await stage.quarterdeck(['verify'], { home })).code).toBe(0);
  });

  it('with 600,000 characters says how many it may have, and opens no session', async ({ stage }) => {
    const [home, cwd] = [stage.folder('home'), stage.folder()];
    const ran = await stage.quarterdeck(['send', '--cwd', cwd, '-'], { home, input: 'x'.repeat(600_000) });
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain('a message may have 500000');
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    expect(JSON.parse((await stage.quarterdeck(['sessions', '--json'], { home })).stdout)).toEqual([]);
  });

  it('of a model that is not the name of one: says so and answers with the usual model', async ({ stage }) => {
    const [home, cwd] = [stage.folder('home'), stage.folder()];
    const model = '--model=--dangerously-skip-permissions';
    const sent = await stage.quarterdeck(['send', '--provider', 'claude', '--cwd', cwd, model, 'hi'], { home });
    expect([sent.code, sent.stdout]).toEqual([0, 'You said: hi\n']);
    expect(sent.stderr).toContain('not the name of a model');
  });
});
