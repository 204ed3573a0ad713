import { describe, expect, it } from 'vitest';
import type { TurnId } from '../../../main/protocol/ids.ts';
import type { Entry, LineItem } from '../../store/transcript/view.ts';
import { isUntouched } from './is-untouched.ts';

const notice = (level: 'info' | 'error'): Entry => ({
  kind: 'line',
  seq: 2,
  line: {
    kind: 'line',
    key: level,
    ts: 0,
    line: { type: 'notice', level, code: 'event_damaged', text: 'x', raw: null },
  },
});
const model: LineItem['line'] = { type: 'model', model: 'm', by: { kind: 'owner', via: 'window' } };

describe('a session', () => {
  it('is untouched as long as only its settings were changed', () => {
    expect(isUntouched([])).toBe(true);
    expect(
      isUntouched([{ kind: 'line', seq: 2, line: { kind: 'line', key: 'm', ts: 0, line: model } }, notice('info')]),
    ).toBe(true);
  });

  it('is not untouched once something was said', () => {
    expect(isUntouched([{ kind: 'turn', seq: 2, turnId: 'turn_00000001' as TurnId }])).toBe(false);
  });

  it('is not untouched when its record is damaged before anything was said', () => {
    expect(isUntouched([notice('error')])).toBe(false);
  });
});
