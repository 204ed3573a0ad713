import { claude, demo } from './samples.ts';
import type { Scene } from './scene.ts';

const providers = [claude, demo];
const pane = (tab: 'keys' | 'devices' | 'gateway', access?: Scene['access']): Scene => ({
  sessions: [],
  providers,
  route: { name: 'settings', tab },
  access,
});

/** Keys, devices and doors in every state. What needs a click (dialogs, forms) is opened by whoever looks. */
export const accessScenes: Record<string, Scene> = {
  keys: pane('keys'),
  'keys-empty': pane('keys', 'empty'),
  'keys-failing': pane('keys', 'failing'),
  devices: pane('devices'),
  'devices-empty': pane('devices', 'empty'),
  'devices-failing': pane('devices', 'failing'),
  gateway: pane('gateway'),
  'gateway-open': pane('gateway', 'open'),
  'gateway-refusing': pane('gateway', 'refusing'),
  'gateway-failing': pane('gateway', 'failing'),
};
