import { describe, expect, it } from 'vitest';
import { agentMode, isWideOpen, modelsOf, modeOf, settingsOf } from './settings.ts';

const modes = (...ids: string[]) => ({
  current: ids[0] ?? '',
  values: ids.map((id) => ({ id, name: id })),
  config: null,
});

describe('permission modes of agents', () => {
  it.each([
    ['Gemini CLI', ['default', 'autoEdit', 'yolo', 'plan'], ['default', 'default', 'plan', 'default']],
    ['claude-agent-acp', ['default', 'acceptEdits', 'plan', 'auto'], ['default', 'default', 'plan', 'default']],
    ['one with two modes', ['read-only', 'full-access'], ['read-only', 'read-only', undefined, 'read-only']],
  ])(
    'of %s are found by their names; accepted edits and full access ask too, and are answered by us',
    (_name, ids, expected) => {
      const choice = modes(...ids);
      expect((['ask', 'accept-edits', 'plan', 'full'] as const).map((mode) => agentMode(choice, mode))).toEqual(
        expected,
      );
    },
  );

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

  it('have the efforts of the model that is in use; of the others what was told of them, else the same', () => {
    const select = (id: string, category: string, currentValue: string, values: string[]) => ({
      ...{ id, category, type: 'select', currentValue },
      options: values.map((value) => ({ value, name: value })),
    });
    const at = (model: string, efforts: string[]) =>
      settingsOf({
        configOptions: [
          select('m', 'model', model, ['big', 'small', 'other']),
          ...(efforts.length === 0 ? [] : [select('e', 'thought_level', 'default', ['default', ...efforts])]),
        ],
      });
    const known = new Map<string, readonly string[]>();
    const efforts = (settings: ReturnType<typeof at>) => modelsOf(settings, known).map((model) => model.efforts);
    expect(efforts(at('big', ['low', 'high']))).toEqual([
      ['low', 'high'],
      ['low', 'high'],
      ['low', 'high'],
    ]);
    expect(efforts(at('small', []))).toEqual([['low', 'high'], undefined, ['low', 'high']]);
  });
});
