import { describe, expect, it } from 'vitest';
import type { Provider, ProviderEvent, ProviderStart } from '../orchestrator/ports.ts';
import type { SessionId, TurnId } from '../protocol/ids.ts';
import { noCapabilities } from '../protocol/values.ts';
import { createKnownSecrets } from '../security/known-secrets.ts';
import { watchProvider } from './watched-provider.ts';

const options = (more: Partial<ProviderStart> = {}): ProviderStart => ({
  session_id: 'ses_watched00' as SessionId,
  cwd: '/',
  model: null,
  effort: null,
  mode: 'ask',
  resume: null,
  fork: false,
  mcp_servers: [],
  ...more,
});
const turn = { turn_id: 'turn_watched00' as TurnId, text: 'Hello', attachments: [] };

/** A provider whose words the test speaks. @param tellsClosed - whether it says so when it is closed. */
function stage({ resume = true, tellsClosed = true } = {}) {
  const speak: ((event: ProviderEvent) => void)[] = [];
  const closed: number[] = [];
  const inner: Provider = {
    id: 'fake',
    name: 'Fake',
    built_in: false,
    capabilities: { ...noCapabilities, resume },
    detect: async () => ({
      id: 'fake',
      name: 'Fake',
      built_in: false,
      state: 'broken',
      problem: { message: 'said canary-key-1', next: 'x' },
      models: [],
      capabilities: noCapabilities,
    }),
    start: (_options, emit) => {
      const at = speak.push(emit) - 1;
      return {
        prompt: () => {},
        steer: () => true,
        interrupt: () => {},
        answer: () => {},
        setModel: () => {},
        setEffort: () => {},
        setMode: () => {},
        close: async () => {
          closed.push(at);
          if (tellsClosed) emit({ type: 'closed' });
        },
      };
    },
  };
  const secrets = createKnownSecrets();
  const unknown: object[] = [];
  const provider = watchProvider(inner, {
    redaction: secrets,
    notUnderstood: (what) => unknown.push(what),
  });
  const heard: ProviderEvent[] = [];
  const start = (more: Partial<ProviderStart> = {}) => provider.start(options(more), (event) => heard.push(event));
  return { provider, secrets, speak, closed, unknown, heard, start };
}
const done: ProviderEvent = { type: 'turn_end', status: 'completed' };

describe('a watched provider', () => {
  it('lets no known secret out, neither in events nor in what detection says', async () => {
    const { provider, secrets, speak, heard, start } = stage();
    secrets.add('canary-key-1');
    start();
    speak[0]!({ type: 'text', item_id: 'i', text: 'the key is canary-key-1' });
    expect(JSON.stringify([heard, await provider.detect()])).not.toContain('canary-key-1');
  });

  it('counts the tokens of tool servers among the secrets', () => {
    const { speak, heard, start } = stage();
    const headers = { authorization: 'Bearer canary-token-1' };
    start({ mcp_servers: [{ name: 'goal', url: 'http://127.0.0.1/', headers }] });
    speak[0]!({ type: 'text', item_id: 'i', text: 'canary-token-1' });
    expect(heard).toEqual([{ type: 'text', item_id: 'i', text: '[redacted]' }]);
  });

  it('forgets these tokens with the conversation, however that ends', async () => {
    const headers = { authorization: 'Bearer canary-token-1' };
    const mcp_servers = [{ name: 'goal', url: 'http://127.0.0.1/', headers }];
    const { provider, secrets, speak, heard, start } = stage({ tellsClosed: false });
    const closing = start({ mcp_servers });
    expect(secrets.values()).toEqual(['canary-token-1']);
    await closing.close();
    expect(secrets.values()).toEqual([]);
    start({ mcp_servers });
    speak[1]!({ type: 'closed' });
    expect(secrets.values()).toEqual([]);
    start({ mcp_servers });
    provider.restartIdle();
    const last = heard.at(-1);
    await (last?.type === 'closed' && last.gone);
    expect(secrets.values()).toEqual([]);
  });

  it('ends idle conversations for a new key at once, and one in a turn when its turn ends', () => {
    const { provider, speak, closed, heard, start } = stage();
    start();
    start().prompt(turn);
    expect(provider.restartIdle()).toEqual({ now: 1, later: 1 });
    expect(closed).toEqual([0]);
    speak[1]!(done);
    expect(closed).toEqual([0, 1]);
    expect(heard.map((event) => event.type)).toEqual(['closed', 'turn_end', 'closed']);
  });

  it('waits for the last message of the queue', () => {
    const { provider, speak, closed } = stage();
    const prompts: (() => void)[] = [];
    const session = provider.start(options(), (event) => event.type === 'turn_end' && prompts.pop()?.());
    session.prompt(turn);
    prompts.push(() => session.prompt(turn));
    provider.restartIdle();
    speak[0]!(done);
    expect(closed).toEqual([]);
    speak[0]!(done);
    expect(closed).toEqual([0]);
  });

  it('says that a conversation is over before it ends it, and once', () => {
    for (const tellsClosed of [true, false]) {
      const { provider, heard, start } = stage({ tellsClosed });
      start();
      provider.restartIdle();
      expect(heard).toEqual([{ type: 'closed', gone: expect.any(Promise) }]);
    }
  });

  it('says when a process that it ends has ended', async () => {
    const { provider, closed, heard, start } = stage({ tellsClosed: false });
    start();
    provider.restartIdle();
    const [event] = heard;
    if (event?.type !== 'closed') throw new Error('not closed');
    await event.gone;
    expect(closed).toEqual([0]);
  });

  it('leaves conversations alone that could not be taken up again', () => {
    const { provider, closed, start } = stage({ resume: false });
    start();
    expect(provider.restartIdle()).toEqual({ now: 0, later: 1 });
    expect(closed).toEqual([]);
  });

  it('forgets a conversation that was closed', async () => {
    const { provider, start } = stage();
    await start().close();
    expect(provider.restartIdle()).toEqual({ now: 0, later: 0 });
  });

  it('tells what was not understood, with the version of the CLI and without secrets', () => {
    const { secrets, speak, unknown, start } = stage();
    secrets.add('canary-key-1');
    start();
    speak[0]!({ type: 'session', provider_session_id: 'x', version: '9.9.9' });
    const text = 'Fake said something this version of the app does not know (system/dance). It was left out.';
    speak[0]!({ type: 'notice', level: 'info', code: 'unknown_message', text, raw: '{"k":"canary-key-1"}' });
    speak[0]!({ type: 'notice', level: 'info', code: 'api_retry', text: 'again' });
    expect(unknown).toEqual([
      {
        provider: 'fake',
        version: '9.9.9',
        what: 'system/dance',
        session_id: 'ses_watched00',
        raw: '{"k":"[redacted]"}',
      },
    ]);
  });
});
