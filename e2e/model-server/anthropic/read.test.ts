import { describe, expect, it } from 'vitest';
import { asksForSummary, readSessionId, readTranscript } from './read.ts';

const reminder = { type: 'text', text: '<system-reminder>\nAttribution …\n</system-reminder>\n' };
const text = (value: string) => ({ type: 'text', text: value });
const steer = (value: string) =>
  `The user sent a new message while you were working:\n${value}\n\nThis is how Claude Code surfaces messages.`;

describe('a Messages API request of Claude Code', () => {
  it('gives the prompt without the reminders around it', () => {
    const { turns } = readTranscript({
      messages: [
        { role: 'user', content: [reminder, text('[[text: hi]]')] },
        { role: 'system', content: '# Environment\n…' },
      ],
    });
    expect(turns).toEqual([{ role: 'user', prompts: ['[[text: hi]]'], continuations: [], results: [] }]);
  });

  it('does not take the note that goes with an image for a prompt', () => {
    const content = [text('[[text: seen]]'), { type: 'image' }, text('[Image: source: /tmp/images/1.png]')];
    expect(readTranscript({ messages: [{ role: 'user', content }] }).turns).toMatchObject([
      { prompts: ['[[text: seen]]'] },
    ]);
  });

  it('knows when a summary of the conversation is asked for', () => {
    const ask = (words: string) => asksForSummary({ messages: [{ role: 'user', content: [text(words)] }] });
    expect([ask('CRITICAL: Respond with TEXT ONLY. Do NOT call any tools.\n…'), ask('[[text: hi]]')]).toEqual([
      true,
      false,
    ]);
  });

  it('gives the new prompt after an interruption', () => {
    const content = [
      { type: 'tool_result', tool_use_id: 't', content: 'stopped', is_error: true },
      text('[Request interrupted by user for tool use]\n'),
      text('next'),
    ];
    expect(readTranscript({ messages: [{ role: 'user', content }] }).turns).toEqual([
      {
        role: 'user',
        prompts: ['next'],
        continuations: [],
        results: [{ callId: 't', text: 'stopped', isError: true }],
      },
    ]);
  });

  it.each([
    ['a message of role system', [{ role: 'system', content: steer('Hurry.') }]],
    ['a reminder', [{ role: 'user', content: [text(`<system-reminder>\n${steer('Hurry.')}\n</system-reminder>`)] }]],
  ])('reads a steering message from %s as a continuation', (_where, messages) => {
    const results = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'ok' }] };
    expect(readTranscript({ messages: [results, ...messages] }).turns).toMatchObject([
      { prompts: [], continuations: ['Hurry.'], results: [{ text: 'ok' }] },
    ]);
  });

  it('lets a steering message with markers start a script of its own', () => {
    const messages = [
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'ok' }] },
      { role: 'system', content: steer('[[text: Other way.]]') },
    ];
    expect(readTranscript({ messages }).turns).toMatchObject([
      { prompts: ['[[text: Other way.]]'], continuations: [] },
    ]);
  });

  it.each([
    'Output token limit hit. Resume directly — no apology.',
    'Your response above was cut off mid-stream. Resume directly from where it stops.',
    'Your response above was stopped by a safety classifier — this is not a tool or API error.',
  ])('takes "%s" as a continuation', (followUp) => {
    const content = [text(followUp)];
    expect(readTranscript({ messages: [{ role: 'user', content }] }).turns).toMatchObject([
      { prompts: [], continuations: [followUp] },
    ]);
  });

  it('keeps the prompts apart that follow one another without an answer', () => {
    const messages = [
      { role: 'user', content: [text('[[error: 500]]'), text('second')] },
      { role: 'user', content: 'third' },
    ];
    expect(readTranscript({ messages }).turns).toMatchObject([{ prompts: ['[[error: 500]]', 'second', 'third'] }]);
  });

  it('joins the pieces of one answer and keeps its tool calls', () => {
    const { turns } = readTranscript({
      messages: [
        { role: 'assistant', content: [text('a')] },
        {
          role: 'assistant',
          content: [text('b'), { type: 'tool_use', id: 't', name: 'Bash', input: { command: 'ls' } }],
        },
      ],
    });
    expect(turns).toEqual([
      { role: 'assistant', text: 'ab', toolCalls: [{ callId: 't', name: 'Bash', input: { command: 'ls' } }] },
    ]);
  });

  it('names its session', () => {
    const userId = JSON.stringify({
      device_id: 'd',
      account_uuid: '',
      session_id: '52c1b5a4-416f-4cde-a56f-db82da53d8c9',
    });
    expect(readSessionId({ metadata: { user_id: userId } })).toBe('52c1b5a4-416f-4cde-a56f-db82da53d8c9');
    expect(readSessionId({})).toBeNull();
  });
});
