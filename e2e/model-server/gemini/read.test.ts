import { describe, expect, it } from 'vitest';
import { readTranscript } from './read.ts';

describe('a request of Gemini CLI', () => {
  it('gives the prompt without the context the CLI put before it', () => {
    const contents = [
      { role: 'user', parts: [{ text: '<session_context>\nThis is the Gemini CLI. …' }] },
      { role: 'user', parts: [{ text: '[[text: hi]]' }] },
    ];
    expect(readTranscript({ contents }).turns).toMatchObject([
      { role: 'user', prompts: ['[[text: hi]]'], results: [] },
    ]);
  });

  it('gives calls and their results, errors told apart', () => {
    const call = { id: 'c', name: 'read_file', args: { path: 'a' } };
    const contents = [
      { role: 'model', parts: [{ text: 'thought', thought: true }, { text: 'Well.' }, { functionCall: call }] },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'c', name: 'read_file', response: { output: 'content' } } },
          { functionResponse: { id: 'd', name: 'read_file', response: { error: 'no file' } } },
        ],
      },
    ];
    expect(readTranscript({ contents }).turns).toEqual([
      { role: 'assistant', text: 'Well.', toolCalls: [{ callId: 'c', name: 'read_file', input: { path: 'a' } }] },
      {
        role: 'user',
        prompts: [],
        continuations: [],
        results: [
          { callId: 'c', text: 'content', isError: false },
          { callId: 'd', text: 'no file', isError: true },
        ],
      },
    ]);
  });
});
