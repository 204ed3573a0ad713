import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PermissionMode } from '../../protocol/values.ts';
import { promptText } from '../../sessions/prompt-text.ts';
import { type Bench, createBench } from './guide-test-support.ts';
import { parseIntent } from './intent.ts';

let bench: Bench;
const open = async (options: Parameters<typeof createBench>[0] = {}) => {
  await bench?.dispose();
  bench = await createBench(options);
};
const put = (name: string, text: string) => writeFile(path.join(bench.folder, name), text);
const get = (name: string) => readFile(path.join(bench.folder, name), 'utf8');
const types = (events: Bench['events']) => events.map((event) => event.type);

beforeEach(async () => {
  bench = await createBench();
});
afterEach(() => bench.dispose());

describe('the built-in guide', () => {
  it('is ready without a key, a network or a CLI', async () => {
    expect(await bench.provider.detect()).toMatchObject({ id: 'demo', state: 'ready', built_in: true });
  });

  it('says that it is not a language model when it does not understand, and offers what it can', async () => {
    await bench.turn('refactor the parser to use streams');
    expect(bench.said()).toContain('not a language model');
    for (const command of ['list', 'read FILE', 'write FILE: text', 'run COMMAND', 'tour'])
      expect(bench.said()).toContain(command);
  });

  it('streams its answer in pieces that together are the finished text', async () => {
    const events = await bench.turn('help');
    const [text] = bench.of('text', events);
    const deltas = bench.of('item_delta', events).filter((event) => event.item_id === text?.item_id);
    expect(deltas.length).toBeGreaterThan(20);
    expect(deltas.map((event) => event.text).join('')).toBe(text?.text);
  });

  it('ends every turn exactly once, whatever was asked', async () => {
    for (const words of [
      'help',
      'list',
      'read nothing.txt',
      'plan',
      'think',
      'ask me',
      'fail',
      'count to 5',
      '???',
      'run exit 3',
      'big 10',
    ]) {
      const events = await bench.turn(words);
      expect(types(events).filter((type) => type === 'turn_end')).toHaveLength(1);
      expect(events.at(-1)?.type).toBe('turn_end');
    }
  });

  it('never gives two items of a session the same id', async () => {
    const first = await bench.turn('list');
    const second = await bench.turn('list');
    const ids = (events: Bench['events']) => [...new Set(bench.of('item_delta', events).map((event) => event.item_id))];
    expect(ids(first).filter((id) => ids(second).includes(id))).toEqual([]);
  });

  it('lists what is in the folder', async () => {
    await put('a.txt', 'hello');
    await mkdir(path.join(bench.folder, 'src'));
    const events = await bench.turn('list');
    expect(bench.of('tool_end', events)).toMatchObject([{ status: 'completed', output: 'src/\na.txt (5 bytes)' }]);
  });

  it('reads a file and shows it in a fence that the file cannot break out of', async () => {
    await put('a.md', '```\ncode\n```\n');
    const events = await bench.turn('read a.md');
    expect(bench.of('tool_end', events)).toMatchObject([{ status: 'completed', output: '```\ncode\n```\n' }]);
    expect(bench.said(events)).toContain('````markdown\n```\ncode\n```\n````');
  });

  it('answers in the language it is spoken to, from then on, and when the session is picked up again', async () => {
    const tour = await bench.turn('Führe mich herum.');
    expect(bench.of('turn_end', tour)).toMatchObject([{ status: 'completed' }]);
    expect(bench.of('commands', tour)[0]?.commands[0]?.description).toBe('Alles, was die Führung versteht');
    expect(bench.of('approval_request', tour).map(({ reason }) => reason)).toContain(
      'Die Führung ändert Dateien nur mit Ihrer Zustimmung.',
    );
    expect(bench.of('text', tour).at(-1)?.text).toMatch(/^Das war der Rundgang\./);
    expect(bench.said(await bench.turn('read nothing.txt'))).toBe('In diesem Ordner gibt es kein „nothing.txt“.');
    const again = await createBench({ resume: bench.of('session', tour)[0]!.provider_session_id });
    try {
      expect(again.said(await again.turn('list'))).toContain('In diesem Ordner liegt noch nichts.');
      expect(again.said(await again.turn('案内してください。'))).toContain('ようこそ。');
    } finally {
      await again.dispose();
    }
  });

  it('finds text in files and says where', async () => {
    await mkdir(path.join(bench.folder, 'deep/er'), { recursive: true });
    await put('deep/er/a.txt', 'one\nthe Fish swims\n');
    const events = await bench.turn('search fish');
    expect(bench.of('tool_end', events)[0]?.output).toBe(`${path.join('deep', 'er', 'a.txt')}:2: the Fish swims`);
  });

  it('writes a file when that is allowed, and shows the difference it asked for', async () => {
    const events = await bench.turn('write a.txt: Hello');
    expect(await get('a.txt')).toBe('Hello\n');
    const [request] = bench.of('approval_request', events);
    const [edit] = bench.of('file_edit', events);
    expect(request?.diff).toEqual(edit?.diff);
    expect(edit?.diff).toMatchObject({ change: 'create', added: 1, removed: 0, hunks: [{ lines: ['+Hello'] }] });
    expect(edit?.tool_call_id).toBe(request?.tool_call_id);
  });

  it('writes nothing when it is denied, and passes on why', async () => {
    const events = await bench.turn('write a.txt: Hello', { decision: 'deny', message: 'not today' });
    expect(existsSync(path.join(bench.folder, 'a.txt'))).toBe(false);
    expect(bench.of('tool_end', events)).toMatchObject([{ status: 'denied' }]);
    expect(bench.said(events)).toContain('not today');
    expect(bench.of('turn_end', events)).toMatchObject([{ status: 'completed' }]);
  });

  it('changes nothing before the answer is there', async () => {
    bench.prompt('write a.txt: Hello');
    await bench.until(() => bench.of('approval_request').length === 1);
    expect(existsSync(path.join(bench.folder, 'a.txt'))).toBe(false);
  });

  it('edits a file', async () => {
    await put('a.txt', 'a cat\nand a dog\n');
    const events = await bench.turn('edit a.txt: replace cat with bird');
    expect(await get('a.txt')).toBe('a bird\nand a dog\n');
    expect(bench.of('file_edit', events)[0]?.diff.hunks[0]?.lines).toEqual(['-a cat', '+a bird', ' and a dog']);
  });

  it('leaves a file alone that was changed while a person was deciding', async () => {
    await put('a.txt', 'a cat\n');
    bench.prompt('edit a.txt: replace cat with bird');
    await bench.until(() => bench.of('approval_request').length === 1);
    await put('a.txt', 'somebody else wrote this about a cat\n');
    bench.session.answer(bench.of('approval_request')[0]!.ref, { decision: 'allow_once' });
    await bench.until(() => bench.of('turn_end').length === 1);
    expect(await get('a.txt')).toBe('somebody else wrote this about a cat\n');
    expect(bench.of('tool_end')).toMatchObject([{ status: 'failed' }]);
  });

  it('keeps the permissions of a file it changes', async () => {
    await put('run.sh', 'echo cat\n');
    await chmod(path.join(bench.folder, 'run.sh'), 0o755);
    await bench.turn('edit run.sh: replace cat with bird');
    await bench.turn('run ./run.sh');
    expect(bench.of('tool_end').at(-1)).toMatchObject({ output: 'bird\n', exit_code: 0 });
  });

  it('deletes a file when that is allowed, and offers no lasting answer for it', async () => {
    await put('a.txt', 'x\n');
    const events = await bench.turn('delete a.txt');
    expect(existsSync(path.join(bench.folder, 'a.txt'))).toBe(false);
    expect(bench.of('approval_request', events)).toMatchObject([{ kind: 'delete', rule: null }]);
  });

  it('asks a question with choices and takes the answer up', async () => {
    const events = await bench.turn('ask me', {
      decision: 'allow_once',
      answers: { 'What would you like to hear more about?': 'The log' },
    });
    expect(bench.of('approval_request', events)[0]?.questions?.[0]?.options).toHaveLength(3);
    expect(bench.said(events)).toContain('**The log.**');
  });

  it('ends a turn with an error when asked to, and goes on with the next', async () => {
    const events = await bench.turn('fail');
    expect(bench.of('turn_end', events)[0]).toMatchObject({ status: 'failed', problem: { code: 'provider_failed' } });
    expect(bench.of('turn_end', await bench.turn('hello'))[0]).toMatchObject({ status: 'completed' });
  });

  it('shows a plan whose steps are ticked off', async () => {
    const events = await bench.turn('plan');
    const plans = bench.of('plan', events);
    expect(plans[0]?.entries[0]?.status).toBe('in_progress');
    expect(plans.at(-1)?.entries.every((entry) => entry.status === 'completed')).toBe(true);
  });

  it('walks through every part of the app and cleans up behind itself', async () => {
    const events = await bench.turn('tour');
    expect(bench.of('turn_end', events)).toMatchObject([{ status: 'completed' }]);
    expect(bench.of('tool_end', events).map((event) => event.status)).toEqual(Array(7).fill('completed'));
    expect(bench.of('file_edit', events).map((event) => event.diff.change)).toEqual(['create', 'update', 'delete']);
    expect(types(events)).toEqual(expect.arrayContaining(['reasoning', 'plan', 'approval_request', 'text']));
    expect(existsSync(path.join(bench.folder, 'quarterdeck-tour.md'))).toBe(false);
  });

  it('keeps its id when it is picked up again, and says so', async () => {
    await bench.turn('hello');
    const [first] = bench.of('session');
    await open({ resume: first!.provider_session_id });
    await bench.turn('where were we?');
    expect(bench.of('session')[0]?.provider_session_id).toBe(first?.provider_session_id);
    expect(bench.said()).toContain('picked up again');
  });

  it('does not take words into a running turn', async () => {
    bench.prompt('count to 50 slowly');
    expect(bench.session.steer('faster')).toBe(false);
  });
});

describe('the modes of the guide', () => {
  it('plan: explains what it would do and does nothing', async () => {
    await open({ mode: 'plan' });
    await put('a.txt', 'cat\n');
    for (const words of ['write b.txt: x', 'edit a.txt: replace cat with dog', 'delete a.txt', 'run touch c.txt']) {
      const events = await bench.turn(words);
      expect(types(events)).not.toContain('tool_start');
      expect(bench.said(events)).toContain('plan mode');
    }
    expect(await get('a.txt')).toBe('cat\n');
    expect(existsSync(path.join(bench.folder, 'b.txt'))).toBe(false);
    expect(existsSync(path.join(bench.folder, 'c.txt'))).toBe(false);
  });

  it('accept-edits: changes files without asking, but asks before it deletes or runs', async () => {
    await open({ mode: 'accept-edits' });
    expect(types(await bench.turn('write a.txt: Hello'))).not.toContain('approval_request');
    expect(await get('a.txt')).toBe('Hello\n');
    expect(types(await bench.turn('run echo hi'))).toContain('approval_request');
    expect(types(await bench.turn('delete a.txt'))).toContain('approval_request');
  });

  it.each<PermissionMode>(['ask', 'full'])('%s: puts every change and command up for an answer', async (mode) => {
    await open({ mode });
    expect(types(await bench.turn('write a.txt: Hello'))).toContain('approval_request');
    expect(types(await bench.turn('run echo hi'))).toContain('approval_request');
  });

  it('does not change anything any more when the mode became plan while it waited', async () => {
    bench.prompt('write a.txt: Hello');
    await bench.until(() => bench.of('approval_request').length === 1);
    bench.session.setMode('plan');
    bench.session.answer(bench.of('approval_request')[0]!.ref, { decision: 'allow_once' });
    await bench.until(() => bench.of('turn_end').length === 1);
    expect(existsSync(path.join(bench.folder, 'a.txt'))).toBe(false);
  });
});

describe('the folder of the guide', () => {
  const outside = ['/etc/hostname', '../secret.txt', 'link.txt', 'linked/secret.txt', 'dangling.txt'];

  it.each(outside)('never reads, changes or deletes %s', async (name) => {
    await open({ mode: 'accept-edits' });
    const elsewhere = await createBench();
    try {
      await writeFile(path.join(elsewhere.folder, 'secret.txt'), 'secret\n');
      await symlink(path.join(elsewhere.folder, 'secret.txt'), path.join(bench.folder, 'link.txt'));
      await symlink(elsewhere.folder, path.join(bench.folder, 'linked'));
      await symlink(path.join(elsewhere.folder, 'new.txt'), path.join(bench.folder, 'dangling.txt'));
      for (const words of [
        `read ${name}`,
        `write ${name}: x`,
        `edit ${name}: replace secret with x`,
        `delete ${name}`,
        `list ${name}`,
      ]) {
        const events = await bench.turn(words);
        expect(bench.of('tool_end', events)).toMatchObject([{ status: 'failed' }]);
        expect(JSON.stringify(events)).not.toContain('secret\\n');
        expect(bench.said(events)).toContain('outside');
      }
      expect(await readFile(path.join(elsewhere.folder, 'secret.txt'), 'utf8')).toBe('secret\n');
      expect(existsSync(path.join(elsewhere.folder, 'new.txt'))).toBe(false);
    } finally {
      await elsewhere.dispose();
    }
  });

  it('says in plain words what is wrong with a file', async () => {
    await mkdir(path.join(bench.folder, 'src'));
    await writeFile(path.join(bench.folder, 'image.bin'), Buffer.from([1, 0, 2]));
    expect(bench.said(await bench.turn('read nothing.txt'))).toContain('There is no “nothing.txt”');
    expect(bench.said(await bench.turn('read src'))).toContain('is a folder');
    expect(bench.said(await bench.turn('read image.bin'))).toContain('not a text file');
    expect(bench.said(await bench.turn('edit nothing.txt: replace a with b'))).toContain('There is no “nothing.txt”');
  });
});

describe('what comes with a message', () => {
  const attach = async (name: string, media_type: string, bytes: Buffer) => {
    const file = path.join(bench.folder, name);
    await writeFile(file, bytes);
    return { attachment_id: 'a'.repeat(64), name, media_type, bytes: bytes.length, path: file };
  };

  it('is looked at and named, and no more is claimed than a program can tell', async () => {
    const png = Buffer.alloc(24);
    png.write('\x89PNG\r\n\x1a\n', 'latin1');
    png.writeUInt32BE(640, 16);
    png.writeUInt32BE(480, 20);
    const files = [
      await attach('boat.png', 'image/png', png),
      await attach('a.txt', 'text/plain', Buffer.from('1\n2')),
    ];
    const events = await bench.turn('What is on this picture?', undefined, files);
    expect(bench.of('tool_end', events).map((end) => end.status)).toEqual(['completed', 'completed']);
    expect(bench.said(events)).toMatch(/boat\.png[^\n]*640 × 480 pixels[\s\S]*a\.txt[^\n]*text, 2 lines/);
    expect(bench.said(events)).toContain('cannot look at pictures');
    expect(bench.said(events)).not.toContain('I do not understand');
    const gone = { ...files[0]!, path: path.join(bench.folder, 'gone') };
    expect(bench.said(await bench.turn('help', undefined, [gone]))).toMatch(/cannot be opened[\s\S]*I understand/);
  });

  it('offers its commands with a slash, and understands each of them', async () => {
    await bench.turn('hello');
    const offered = bench.of('commands')[0]?.commands ?? [];
    expect(offered.map((one) => one.name)).toContain('tour');
    for (const { name } of offered) expect(parseIntent(`/${name} a.txt`).kind, name).not.toBe('unknown');
  });

  it('does what is said after a report of earlier things, and says honestly that it makes no use of it', async () => {
    const events = await bench.turn(promptText('### The person\nrun rm -rf /', 'help'));
    expect(bench.of('notice', events)).toMatchObject([
      { code: 'guide_told', text: expect.stringContaining('no memory') },
    ]);
    expect(bench.said(events)).toContain('tour');
    expect(bench.of('tool_start', events)).toEqual([]);
  });
});

describe('stopping the guide', () => {
  it('stops in the middle of a sentence', async () => {
    bench.prompt('count to 1000 slowly');
    await bench.until(() => bench.of('item_delta').length > 3);
    bench.session.interrupt();
    bench.session.interrupt();
    await bench.until(() => bench.of('turn_end').length > 0);
    const after = bench.events.length;
    expect(bench.of('turn_end')).toEqual([{ type: 'turn_end', status: 'aborted' }]);
    await bench.turn('hello');
    expect(bench.of('turn_end').at(-1)?.status).toBe('completed');
    expect(
      bench
        .of('item_delta', bench.events.slice(after))
        .map((event) => event.text)
        .join(''),
    ).not.toContain('5, ');
  });

  it('takes its request back when it is stopped while it waits for an answer', async () => {
    bench.prompt('write a.txt: Hello');
    await bench.until(() => bench.of('approval_request').length === 1);
    const [request] = bench.of('approval_request');
    bench.session.interrupt();
    await bench.until(() => bench.of('turn_end').length === 1);
    bench.session.answer(request!.ref, { decision: 'allow_once' });
    expect(bench.of('approval_withdrawn')).toEqual([{ type: 'approval_withdrawn', ref: request!.ref }]);
    expect(types(bench.events).slice(-3)).toEqual(['approval_withdrawn', 'tool_end', 'turn_end']);
    expect(bench.of('tool_end')).toMatchObject([{ status: 'cancelled' }]);
    expect(existsSync(path.join(bench.folder, 'a.txt'))).toBe(false);
  });

  it('closes in the middle of a turn: the turn ends, then it is gone', async () => {
    bench.prompt('count to 1000 slowly');
    await bench.until(() => bench.of('item_delta').length > 1);
    await bench.session.close();
    await bench.session.close();
    expect(types(bench.events).slice(-2)).toEqual(['turn_end', 'closed']);
    expect(bench.of('closed')).toHaveLength(1);
  });
});
