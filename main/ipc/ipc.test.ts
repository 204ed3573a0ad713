import { describe, expect, it } from 'vitest';
import type { Connection, Hall, Principal, Sink } from '../orchestrator/ports.ts';
import type { DesktopAnswer } from '../protocol/desktop.ts';
import { channels } from '../protocol/ipc.ts';
import { limits } from '../protocol/limits.ts';
import { defaultNotices } from '../protocol/notices.ts';
import { type IpcDoor, registerIpc } from './handle.ts';
import { createWindowConnections } from './window-connections.ts';

const ownUrl = 'app://quarterdeck/';
const owner: Principal = {
  actor: { kind: 'owner', via: 'window' } as unknown as Principal['actor'],
  scopes: new Set(),
};

interface FakeConnection {
  principal: Principal;
  sink: Sink;
  received: string[];
  open: boolean;
}

/** A hall that remembers who came, and sends "welcome" while a client is still being let in, as the real one does. */
function createFakeHall() {
  const connections: FakeConnection[] = [];
  const hall: Hall = {
    connect(principal, sink): Connection {
      const connection: FakeConnection = { principal, sink, received: [], open: true };
      connections.push(connection);
      sink.send('{"type":"welcome"}');
      return {
        receive: (text) => {
          connection.received.push(text);
        },
        close: () => {
          connection.open = false;
        },
      };
    },
    get connections() {
      return connections.filter((connection) => connection.open).length;
    },
  };
  return { hall, connections };
}

function createContents(id: number) {
  const sent: string[] = [];
  const contents = {
    id,
    destroyed: false,
    isDestroyed: () => contents.destroyed,
    send: (channel: string, frame: string) => {
      if (contents.destroyed) throw new TypeError('Object has been destroyed');
      expect(channel).toBe(channels.toWindow);
      sent.push(frame);
    },
    sent,
  };
  return contents;
}

type Listener = (event: unknown, ...args: unknown[]) => unknown;

function createDoor(overrides: Partial<IpcDoor> = {}) {
  const { hall, connections } = createFakeHall();
  const listeners = new Map<string, Listener>();
  const refused: string[] = [];
  const opened: string[] = [];
  const notes: unknown[] = [];
  const door: IpcDoor = {
    connections: createWindowConnections(hall, () => owner),
    isOurWindow: (id) => id === 1,
    isOwnPage: (url) => url.startsWith(ownUrl),
    chooseFolder: async () => '/folder',
    chooseFile: async () => '/file.db',
    openPlace: async (place) => place === 'logs',
    openExternal: async (url) => opened.push(url) > 0,
    openWindow: (sessionId) => opened.push(sessionId ?? 'a new one') > 0,
    desktop: (change) => {
      if (change !== null) opened.push(change.type);
      return { view: {} } as DesktopAnswer;
    },
    refused: (line) => refused.push(line),
    noteHeard: (_contents, note) => notes.push(note),
    notices(request) {
      notes.push(request);
      return { settings: defaultNotices, supported: true, actions: false };
    },
    ...overrides,
  };
  const keep = (kind: string) => (channel: string, listener: Listener) => listeners.set(`${kind} ${channel}`, listener);
  registerIpc({ on: keep('on'), handle: keep('handle') } as unknown as Parameters<typeof registerIpc>[0], door);
  const contents = createContents(1);
  const from = (sender: ReturnType<typeof createContents>, url = ownUrl, parent: unknown = null) => ({
    sender,
    senderFrame: { url, parent },
  });
  return {
    hall,
    connections,
    refused,
    opened,
    notes,
    contents,
    from,
    door,
    send: (channel: string, event: unknown, ...args: unknown[]) => listeners.get(`on ${channel}`)?.(event, ...args),
    invoke: async (channel: string, event: unknown, ...args: unknown[]) =>
      listeners.get(`handle ${channel}`)?.(event, ...args),
  };
}

describe('the door of the window', () => {
  it('opens a connection as the owner when the window says hello, and hands frames over in order', () => {
    const { send, from, contents, connections } = createDoor();
    send(channels.hello, from(contents));
    send(channels.toMain, from(contents), '{"a":1}');
    send(channels.toMain, from(contents), '{"b":2}');
    expect(connections).toHaveLength(1);
    expect(connections[0]).toMatchObject({ principal: owner, received: ['{"a":1}', '{"b":2}'], open: true });
    expect(contents.sent).toEqual(['{"type":"welcome"}']);
  });

  it('closes the old connection when the page was loaded again and says hello again', () => {
    const { send, from, contents, connections, hall } = createDoor();
    send(channels.hello, from(contents));
    send(channels.hello, from(contents));
    send(channels.toMain, from(contents), '{}');
    expect(connections.map((connection) => [connection.open, connection.received])).toEqual([
      [false, []],
      [true, ['{}']],
    ]);
    expect(hall.connections).toBe(1);
  });

  it('closes the connection when the window is gone, and sends nothing to it any more', () => {
    const { send, from, contents, connections, door } = createDoor();
    send(channels.hello, from(contents));
    contents.destroyed = true;
    connections[0]?.sink.send('{"late":true}');
    door.connections.gone(contents.id);
    door.connections.gone(contents.id);
    expect(connections[0]?.open).toBe(false);
    expect(contents.sent).toEqual(['{"type":"welcome"}']);
  });

  it('takes nothing more from a window whose connection the core ended, until it says hello again', () => {
    const { send, from, contents, connections } = createDoor();
    send(channels.hello, from(contents));
    connections[0]?.sink.close('shutting_down', 'The app is closing.');
    send(channels.toMain, from(contents), '{"lost":true}');
    expect(connections[0]?.received).toEqual([]);
    send(channels.hello, from(contents));
    send(channels.toMain, from(contents), '{}');
    expect(connections[1]?.received).toEqual(['{}']);
  });

  it('answers a frame one byte over the limit without handing it on, and takes one that just fits', () => {
    const { send, from, contents, connections } = createDoor();
    send(channels.hello, from(contents));
    // Two bytes each in UTF-8, one character.
    send(channels.toMain, from(contents), `${'é'.repeat(limits.frameBytes / 2)}x`);
    expect(connections[0]?.received).toEqual([]);
    expect(JSON.parse(contents.sent.at(-1) ?? '')).toMatchObject({
      ok: false,
      command_id: null,
      error: { code: 'frame_too_large' },
    });
    send(channels.toMain, from(contents), 'é'.repeat(limits.frameBytes / 2));
    expect(connections[0]?.received).toHaveLength(1);
  });

  it.each([
    ['another window', { sender: { id: 2 }, senderFrame: { url: ownUrl, parent: null } }],
    ['a frame inside the page', { sender: { id: 1 }, senderFrame: { url: ownUrl, parent: {} } }],
    ['a foreign page', { sender: { id: 1 }, senderFrame: { url: 'https://evil.example/', parent: null } }],
    ['a frame that is gone', { sender: { id: 1 }, senderFrame: null }],
  ])('refuses every channel to %s', async (_who, event) => {
    const { send, invoke, connections, refused, opened, notes } = createDoor();
    send(channels.hello, event);
    send(channels.toMain, event, '{}');
    send(channels.note, event, { type: 'language', language: 'de' });
    await expect(invoke(channels.notices, event, { type: 'test' })).rejects.toThrow('refused');
    await expect(invoke(channels.chooseFolder, event)).rejects.toThrow('refused');
    await expect(invoke(channels.openExternal, event, 'https://example.org')).rejects.toThrow('refused');
    await expect(invoke(channels.openWindow, event, null)).rejects.toThrow('refused');
    await expect(invoke(channels.desktop, event, null)).rejects.toThrow('refused');
    expect(connections).toEqual([]);
    expect([opened, notes]).toEqual([[], []]);
    expect(refused).toHaveLength(8);
  });

  it('refuses messages of another shape', async () => {
    const { send, invoke, from, contents, connections, refused, opened } = createDoor();
    send(channels.hello, from(contents), 'extra');
    expect(connections).toEqual([]);
    send(channels.hello, from(contents));
    for (const args of [[], [1], [null], [{ type: 'ping' }], ['{}', '{}'], [new Uint8Array(2)]])
      send(channels.toMain, from(contents), ...args);
    expect(connections[0]?.received).toEqual([]);
    await expect(invoke(channels.chooseFolder, from(contents), '/etc')).rejects.toThrow('refused');
    await expect(invoke(channels.chooseFile, from(contents), '/etc')).rejects.toThrow('refused');
    for (const args of [[], ['/etc'], ['home/../../etc'], ['attachments'], ['logs', 'home']]) {
      await expect(invoke(channels.openPlace, from(contents), ...args)).rejects.toThrow('refused');
    }
    for (const args of [[], [1], ['https://a', 'b']]) {
      await expect(invoke(channels.openExternal, from(contents), ...args)).rejects.toThrow('refused');
    }
    for (const args of [[], ['ses_1'], ['#/settings'], [{}], [null, null]]) {
      await expect(invoke(channels.openWindow, from(contents), ...args)).rejects.toThrow('refused');
    }
    for (const args of [
      [],
      [undefined],
      [{}],
      [{ type: 'zoom', to: 40 }],
      [{ type: 'summon', accelerator: 'Control+C' }],
    ]) {
      await expect(invoke(channels.desktop, from(contents), ...args)).rejects.toThrow('refused');
    }
    expect(opened).toEqual([]);
    expect(refused).toHaveLength(27);
  });

  it('hears what a page tells of itself, and nothing of another shape', () => {
    const { send, from, contents, refused, notes } = createDoor();
    send(channels.note, from(contents), { type: 'language', language: 'ja' });
    for (const note of [null, 'ja', { type: 'language', language: 'fr' }, { type: 'other' }])
      send(channels.note, from(contents), note);
    expect(notes).toEqual([{ type: 'language', language: 'ja' }]);
    expect(refused).toHaveLength(4);
  });

  it('answers how notifications are set, and takes no change of another shape', async () => {
    const { invoke, from, contents, notes } = createDoor();
    const change = { type: 'set', change: { sound: false } };
    expect(await invoke(channels.notices, from(contents), change)).toMatchObject({ supported: true });
    for (const request of [null, {}, { type: 'set', change: { ended_minutes: -1 } }, { type: 'set' }]) {
      await expect(invoke(channels.notices, from(contents), request)).rejects.toThrow('refused');
    }
    expect(notes).toEqual([change]);
  });

  it('answers with the chosen folder and with whether a link was opened', async () => {
    const { invoke, from, contents, opened } = createDoor();
    expect(await invoke(channels.chooseFolder, from(contents))).toBe('/folder');
    expect(await invoke(channels.chooseFile, from(contents))).toBe('/file.db');
    expect(await invoke(channels.openPlace, from(contents), 'logs')).toBe(true);
    expect(await invoke(channels.openExternal, from(contents), 'https://example.org')).toBe(true);
    expect(await invoke(channels.openWindow, from(contents), 'ses_12345678')).toBe(true);
    expect(await invoke(channels.openWindow, from(contents), null)).toBe(true);
    expect(await invoke(channels.desktop, from(contents), { type: 'zoom', to: 1.1 })).toEqual({ view: {} });
    expect(opened).toEqual(['https://example.org', 'ses_12345678', 'a new one', 'zoom']);
  });

  it('answers each window on its own', () => {
    const { send, from, connections } = createDoor({ isOurWindow: (id) => id === 1 || id === 2 });
    const [one, two] = [createContents(1), createContents(2)];
    send(channels.hello, from(one));
    send(channels.hello, from(two));
    send(channels.toMain, from(two), '{"b":1}');
    connections[1]?.sink.send('{"answer":true}');
    expect(connections.map((connection) => connection.received)).toEqual([[], ['{"b":1}']]);
    expect(one.sent).toEqual(['{"type":"welcome"}']);
    expect(two.sent).toEqual(['{"type":"welcome"}', '{"answer":true}']);
  });
});
