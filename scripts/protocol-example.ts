/** One exchange, as it happens: for the reference of the protocol. A test holds every frame against its schema. */

const session_id = 'ses_01JC2V9T4M8Q6Z3K7XWBN5D';
const turn_id = 'turn_01JC2VA0R7E1S9P4H6GYMTC';
const owner = { kind: 'device', id: 'dev_7', name: 'Pixel 9', via: 'sealed' };
const digest = '5b0e8f0e4f6a4a3fd5f9b6f0f2c7c1de0e4ce9c6a2a95e6f6b8e6f3c7b0f1a42';
const at = 1_795_900_173_471;
const event = (seq: number, fields: Record<string, unknown>) => ({
  session_id,
  seq,
  turn_id,
  ts: at + seq * 40,
  ...fields,
});
const events = (...all: object[]) => ({ type: 'events', session_id, events: all });

export interface Line {
  from: 'client' | 'server';
  /** Said above it. */
  about?: string;
  frame: Record<string, unknown>;
}

export const exchange: readonly Line[] = [
  {
    from: 'server',
    about: 'The first frame of every connection. `limits` is shortened here.',
    frame: {
      type: 'welcome',
      protocol: 1,
      version: '0.1.0',
      actor: owner,
      scopes: ['chat', 'sessions:read', 'approvals:write'],
      server_time: at,
      home_dir: '/home/ada',
      platform: 'linux',
      notices: [],
      limits: { frameBytes: 4_194_304, promptChars: 500_000 },
    },
  },
  {
    from: 'client',
    about:
      'Follow a session from the last event this client has (0: none), but only the last 200 where there are more. Sent again after every reconnect.',
    frame: { type: 'attach', command_id: 'a8Zk2mQx01', session_id, after_seq: 40, tail: 200 },
  },
  {
    from: 'server',
    frame: {
      type: 'response',
      command_id: 'a8Zk2mQx01',
      ok: true,
      result: { seq: 41, after_seq: 40, reset: false },
    },
  },
  {
    from: 'server',
    about: 'Exactly what is behind 40.',
    frame: events(event(41, { type: 'turn_end', status: 'completed', duration_ms: 5120 })),
  },
  {
    from: 'server',
    about: 'Complete up to here; what follows is live.',
    frame: { type: 'attached', session_id, seq: 41, head: 'c0ffee…' },
  },
  {
    from: 'client',
    about: 'Say something. Keep the `command_id` until the answer is there: sent again, it has no second effect.',
    frame: { type: 'message', command_id: 'm3Lq9TzR02', session_id, text: 'Run the tests.' },
  },
  {
    from: 'server',
    frame: { type: 'response', command_id: 'm3Lq9TzR02', ok: true, result: { turn_id } },
  },
  {
    from: 'server',
    frame: events(
      event(42, { type: 'user_message', message_id: 'msg_01JC2VA0R7E1S9P4', text: 'Run the tests.', by: owner }),
      event(43, {
        type: 'turn_started',
        message_id: 'msg_01JC2VA0R7E1S9P4',
        provider: 'claude',
        model: null,
        mode: 'ask',
      }),
    ),
  },
  {
    from: 'server',
    about: 'Text that grows. It has no `seq`; the `text` event at its end says the whole again.',
    frame: { type: 'text_delta', session_id, turn_id, item_id: 'i-1', offset: 0, text: 'I will run ' },
  },
  {
    from: 'server',
    about: 'The agent wants to run a command, and waits.',
    frame: events(
      event(44, {
        type: 'approval_request',
        approval_id: 'apr_01JC2VA9X2B8',
        tool_call_id: 'call-1',
        tool: 'Bash',
        kind: 'execute',
        title: 'npm test',
        command: 'npm test',
        input: { command: 'npm test' },
        rule: { tool: 'Bash', match: 'exact', pattern: 'npm test', label: '`npm test`' },
        cwd: '/home/ada/atlas',
        digest,
      }),
    ),
  },
  {
    from: 'client',
    frame: {
      type: 'approval_response',
      command_id: 'p7Hs4WbC03',
      session_id,
      approval_id: 'apr_01JC2VA9X2B8',
      decision: 'allow_once',
    },
  },
  {
    from: 'server',
    about: 'Another device was quicker. The client shows by whom, and takes its question away.',
    frame: {
      type: 'response',
      command_id: 'p7Hs4WbC03',
      ok: false,
      error: {
        code: 'already_answered',
        message: 'This request was answered before, by the owner in the window: allowed once.',
        impact: 'The first answer stands; yours was not used.',
        next: 'The transcript shows the answer.',
        answered: { decision: 'allow_once', by: { kind: 'owner', via: 'window' }, at: at + 2000 },
      },
    },
  },
  {
    from: 'server',
    frame: events(
      event(45, {
        type: 'approval_resolved',
        approval_id: 'apr_01JC2VA9X2B8',
        decision: 'allow_once',
        digest,
        by: { kind: 'owner', via: 'window' },
      }),
    ),
  },
  {
    from: 'server',
    frame: events(
      event(46, { type: 'text', item_id: 'i-1', text: 'I will run them. All 12 pass.' }),
      event(47, { type: 'turn_end', status: 'completed', duration_ms: 8300 }),
    ),
  },
];

/** As it stands in the document. */
export function exchangeText(): string {
  const parts: string[] = [];
  for (const { from, about, frame } of exchange) {
    if (about) parts.push(`// ${about}`);
    parts.push(`${from === 'client' ? '>>' : '<<'} ${JSON.stringify(frame)}`, '');
  }
  return parts.join('\n').trimEnd();
}
