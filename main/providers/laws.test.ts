import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../orchestrator/ports.ts';
import { brokenLaws } from './laws.ts';

const start: ProviderEvent = {
  type: 'tool_start',
  tool_call_id: 't',
  tool: 'Bash',
  kind: 'execute',
  title: 'ls',
  input: {},
};
const end: ProviderEvent = { type: 'tool_end', tool_call_id: 't', status: 'completed' };
const done: ProviderEvent = { type: 'turn_end', status: 'completed' };
const delta: ProviderEvent = { type: 'item_delta', item_id: 'a', kind: 'text', text: 'x' };
const text: ProviderEvent = { type: 'text', item_id: 'a', text: 'x' };
const request: ProviderEvent = {
  type: 'approval_request',
  ref: 'r',
  tool_call_id: 't',
  tool: 'Bash',
  kind: 'execute',
  title: 'ls',
  input: {},
  rule: null,
};

describe('the laws of provider events', () => {
  it('finds nothing wrong with a turn that keeps them', () => {
    expect(brokenLaws([delta, text, start, request, end, done, { type: 'closed' }], 1)).toEqual([]);
    expect(brokenLaws([done, { type: 'resume_lost', text: 'Gone.' }, { type: 'closed' }], 2)).toEqual([]);
  });

  it.each<[string, ProviderEvent[], number]>([
    ['a turn without an end', [delta], 1],
    ['an end too many', [done, done], 1],
    ['a delta of a finished item', [text, delta, done], 1],
    ['an item that is finished twice', [text, text, done], 1],
    ['a tool call that never ends', [start, done], 1],
    ['an end of a tool call that never began', [end, done], 1],
    ['a tool call that ends twice', [start, end, end, done], 1],
    ['a request for a tool call nobody heard of', [request, done], 1],
    ['a request that is made twice', [start, request, request, end, done], 1],
    ['a request taken back that nobody made', [{ type: 'approval_withdrawn', ref: 'x' }, done], 1],
    ['a failure without advice', [{ type: 'turn_end', status: 'failed' }], 1],
    ['anything after the end', [{ type: 'closed' }, delta], 0],
    ['words before a lost conversation', [delta, { type: 'resume_lost', text: 'Gone.' }, { type: 'closed' }], 1],
    ['words after a lost conversation', [{ type: 'resume_lost', text: 'Gone.' }, delta], 1],
    ['a command with its slash', [{ type: 'commands', commands: [{ name: '/help', description: '' }] }, done], 1],
    ['half a token', [{ type: 'usage', input_tokens: 0.5, output_tokens: 1 }, done], 1],
  ])('names %s', (_what, events, prompts) => {
    expect(brokenLaws(events, prompts)).toHaveLength(1);
  });
});
