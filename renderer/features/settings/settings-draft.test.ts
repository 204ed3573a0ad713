import { describe, expect, it } from 'vitest';
import { defaultSettings, Settings } from '../../../main/protocol/settings.ts';
import { changesOf, draftOfSettings, type NumberField, numberFields, problemOf, ranges } from './settings-draft.ts';

const draft = draftOfSettings(defaultSettings);
const typing = (field: NumberField, text: string, off = false) => ({
  ...draft,
  numbers: { ...draft.numbers, [field]: { text, off } },
});

describe('the settings of sessions', () => {
  it('change nothing as long as nothing was typed', () => {
    expect(changesOf(draft, defaultSettings)).toEqual({});
  });

  it('name only what was changed', () => {
    expect(changesOf(typing('turn_idle_minutes', '45'), defaultSettings)).toEqual({ turn_idle_minutes: 45 });
    expect(changesOf(typing('turn_idle_minutes', '45', true), defaultSettings)).toEqual({ turn_idle_minutes: null });
    expect(changesOf(typing('goal_cost_usd', '2,50'), defaultSettings)).toEqual({
      goal_limits: { turns: 12, minutes: null, cost_usd: 2.5 },
    });
    expect(changesOf({ ...draft, import_enabled: false }, defaultSettings)).toEqual({ import_enabled: false });
  });

  it('are not saved while a number cannot be taken, and say why', () => {
    for (const text of ['', 'soon', '-1', '0', '1e3', '99999']) {
      expect(changesOf(typing('idle_close_minutes', text), defaultSettings)).toBeNull();
      expect(problemOf('idle_close_minutes', { text, off: false })).toContain('from 1 to 10,080');
    }
    expect(problemOf('goal_turns', { text: '1.5', off: false })).toContain('whole number');
    expect(problemOf('goal_turns', { text: 'x', off: true })).toBeNull();
  });

  it('take what the contract takes, up to its bounds', () => {
    for (const field of numberFields) {
      for (const bound of [ranges[field].min, ranges[field].max]) {
        const changes = changesOf(typing(field, String(bound)), defaultSettings);
        expect(Settings.partial().safeParse(changes).success, field).toBe(true);
      }
      const over = changesOf(typing(field, String(ranges[field].max + 1)), defaultSettings);
      expect(over, field).toBeNull();
    }
  });
});
