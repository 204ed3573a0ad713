import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bridgeName, channels, type QuarterdeckBridge } from '../main/protocol/ipc.ts';

const electron = vi.hoisted(() => {
  const exposed = new Map<string, unknown>();
  const calls: unknown[][] = [];
  const listeners = new Map<string, ((...args: unknown[]) => void)[]>();
  return {
    exposed,
    calls,
    listeners,
    webUtils: { getPathForFile: (file: File) => `/dropped/${file.name}` },
    contextBridge: { exposeInMainWorld: (name: string, api: unknown) => void exposed.set(name, api) },
    ipcRenderer: {
      send: (...args: unknown[]) => void calls.push(['send', ...args]),
      invoke: async (...args: unknown[]) => void calls.push(['invoke', ...args]),
      on: (channel: string, listener: () => void) =>
        void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      off: (channel: string, listener: () => void) =>
        void listeners.set(
          channel,
          (listeners.get(channel) ?? []).filter((other) => other !== listener),
        ),
    },
  };
});
vi.mock('electron', () => electron);

describe('the bridge', () => {
  let bridge: QuarterdeckBridge;
  beforeAll(async () => {
    await import('./index.ts');
    bridge = electron.exposed.get(bridgeName) as QuarterdeckBridge;
  });
  beforeEach(() => void electron.calls.splice(0));

  it('is one object with exactly the members of the contract', () => {
    expect([...electron.exposed.keys()]).toEqual([bridgeName]);
    expect(Object.keys(bridge).sort()).toEqual([
      'chooseFile',
      'chooseFolder',
      'desktop',
      'hello',
      'note',
      'notices',
      'onCommand',
      'onFrame',
      'openExternal',
      'openPlace',
      'openWindow',
      'pathOf',
      'platform',
      'send',
    ]);
    expect(bridge.platform).toBe(process.platform);
  });

  it('uses one channel for each member', async () => {
    bridge.hello();
    bridge.send('{}');
    bridge.note({ type: 'language', language: 'de' });
    await bridge.notices({ type: 'get' });
    await bridge.chooseFolder();
    await bridge.chooseFile();
    await bridge.openPlace('logs');
    await bridge.openExternal('https://example.org');
    await bridge.openWindow('ses_12345678');
    await bridge.desktop(null);
    expect(electron.calls).toEqual([
      ['send', channels.hello],
      ['send', channels.toMain, '{}'],
      ['send', channels.note, { type: 'language', language: 'de' }],
      ['invoke', channels.notices, { type: 'get' }],
      ['invoke', channels.chooseFolder],
      ['invoke', channels.chooseFile],
      ['invoke', channels.openPlace, 'logs'],
      ['invoke', channels.openExternal, 'https://example.org'],
      ['invoke', channels.openWindow, 'ses_12345678'],
      ['invoke', channels.desktop, null],
    ]);
  });

  it('tells where a dropped file is', () => {
    expect(bridge.pathOf(new File([], 'a.txt'))).toBe('/dropped/a.txt');
  });

  it('gives a listener the frame alone, not the event, until it leaves', () => {
    const heard: unknown[][] = [];
    const leave = bridge.onFrame((...args: unknown[]) => heard.push(args));
    for (const listener of electron.listeners.get(channels.toWindow) ?? []) listener({ sender: 'secret' }, '{"a":1}');
    leave();
    expect(electron.listeners.get(channels.toWindow)).toEqual([]);
    expect(heard).toEqual([['{"a":1}']]);
  });
});
