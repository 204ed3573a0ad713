import { describe, expect, it } from 'vitest';
import { agentMode, isWideOpen, modeOf, settingsOf } from './settings.ts';

const modes = (...ids: string[]) => ({
  current: ids[0] ?? '',
  values: ids.map((id) => ({ id, name: id })),
  config: null,
});

describe('permission modes of agents', () => {
  it.each([
    ['Gemini CLI', ['default', 'autoEdit', 'yolo', 'plan'], ['default', 'autoEdit', 'plan', 'default']],
    ['claude-agent-acp', ['default', 'acceptEdits', 'plan', 'auto'], ['default', 'acceptEdits', 'plan', 'default']],
    ['one with two modes', ['read-only', 'full-access'], ['read-only', undefined, undefined, 'read-only']],
  ])('of %s are found by their names; full access asks too, and is answered by us', (_name, ids, expected) => {
    const choice = modes(...ids);
    expect((['ask', 'accept-edits', 'plan', 'full'] as const).map((mode) => agentMode(choice, mode))).toEqual(expected);
  });

  it.each(['yolo', 'bypassPermissions', 'full-access', 'dontAsk', 'danger-full-access'])(
    '"%s" asks for nothing',
    (id) => {
      expect(isWideOpen(id)).toBe(true);
      expect(modeOf(id)).toBeNull();
    },
  );

  it('are read from configuration options where the agent has no other way to tell them', () => {
    const options = [
      { value: 'default', name: 'Ask' },
      { value: 'plan', name: 'Plan' },
    ];
    const model = {
      id: 'm',
      category: 'model',
      type: 'select',
      currentValue: 'a',
      options: [{ group: 'g', options: [{ value: 'a', name: 'A' }] }],
    };
    const settings = settingsOf({
      configOptions: [{ id: 'x', category: 'mode', type: 'select', currentValue: 'plan', options }, model],
    });
    expect(settings.mode).toMatchObject({ current: 'plan', config: 'x', values: [{ id: 'default' }, { id: 'plan' }] });
    expect(settings.model).toMatchObject({ current: 'a', config: 'm', values: [{ id: 'a', name: 'A' }] });
  });
});
