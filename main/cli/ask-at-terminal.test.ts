import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type ApprovalRequest, askAtTerminal } from './approver.ts';

const request = {
  tool: 'Run',
  title: 'npm test',
  command: 'npm test',
  rule: { tool: 'Run', match: 'exact', pattern: 'npm test', label: '`npm test`' },
} as unknown as ApprovalRequest;
const question = {
  tool: 'Ask',
  title: 'Which colour?',
  rule: null,
  questions: [{ question: 'Which colour?', multiple: false, options: [{ label: 'Red' }, { label: 'Green' }] }],
} as unknown as ApprovalRequest;

/** Types each line when its prompt is there. */
function terminal(...typed: string[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += String(chunk);
    if (shown.endsWith('> ') && typed.length > 0) input.write(`${typed.shift()}\n`);
  });
  return { streams: { input, output }, shown: () => shown };
}
const never = new AbortController().signal;

describe('asking at the terminal', () => {
  it('shows what it is about and goes on asking until the answer is clear', async () => {
    const { streams, shown } = terminal('', 'perhaps', 's');
    expect(await askAtTerminal(request, never, () => undefined, streams)).toEqual({ decision: 'allow_session' });
    expect(shown()).toContain('$ npm test');
    expect(shown()).toContain('s for this session (`npm test`)');
  });

  it('shows the whole of a long change on d, and asks again', async () => {
    const lines = Array.from({ length: 100 }, (_, n) => `+line ${n}`);
    const diff = { path: '/w/a', change: 'create', added: 100, removed: 0, hunks: [{ lines }] };
    const long = { tool: 'Write', title: 'a', rule: null, diff } as unknown as ApprovalRequest;
    const { streams, shown } = terminal('d', 'y');
    expect(await askAtTerminal(long, never, () => undefined, streams)).toEqual({ decision: 'allow_once' });
    expect(shown()).toContain('d show all');
    expect(shown()).toContain('line 99');
  });

  it('takes a question up with its choices', async () => {
    const { streams, shown } = terminal('9', '2');
    const answer = await askAtTerminal(question, never, () => undefined, streams);
    expect(answer).toEqual({ decision: 'allow_once', answers: { 'Which colour?': 'Green' } });
    expect(shown()).toContain('  2. Green');
  });

  it('gives up when the request was answered elsewhere, and when the terminal is closed', async () => {
    const stop = new AbortController();
    const elsewhere = askAtTerminal(request, stop.signal, () => undefined, terminal().streams);
    stop.abort();
    expect(await elsewhere).toBeNull();
    const { streams } = terminal();
    const closed = askAtTerminal(request, never, () => undefined, streams);
    streams.input.end();
    expect(await closed).toBeNull();
  });
});
