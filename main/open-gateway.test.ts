import { describe, expect, it } from 'vitest';
import { portsToTry } from './open-gateway.ts';

describe('the port of the gateway', () => {
  it.each([
    ['is the one that was named, or none', { port: 9000, portFixed: true, portBefore: 8741 }, 8800, [9000]],
    ['is else that of the settings, and any when it is taken', { port: 8741, portFixed: false }, 8800, [8800, 0]],
    ['is the usual one where the settings say nothing', { port: 8741, portFixed: false }, null, [8741, 0]],
    [
      'after a restart is the one of before',
      { port: 8741, portFixed: false, portBefore: 50_123 },
      8800,
      [50_123, 8800, 0],
    ],
    ['may be any one', { port: 0, portFixed: true }, 8800, [0]],
    ['that may be any one stays over a restart', { port: 0, portFixed: true, portBefore: 50_123 }, null, [50_123, 0]],
  ] as const)('%s', (_sentence, place, kept, ports) => expect(portsToTry(place, kept)).toEqual(ports));
});
