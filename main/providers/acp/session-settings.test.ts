import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { PermissionMode } from '../../protocol/values.ts';
import type { AcpAgent } from './agent.ts';
import { commandAgent } from './command-agent.ts';
import type { AcpConnection, OnAnswer } from './connection.ts';
import { SessionSettings } from './session-settings.ts';

/** An agent that takes every mode, and whoever keeps it in the mode a person gave it, as the app does. */
function world(mode: PermissionMode, { plan = false, modes = ['default', 'plan', 'yolo'] } = {}) {
  const told: PermissionMode[] = [];
  const set: string[] = [];
  const problems: Problem[] = [];
  let given = mode;
  const connection = {
    request(_method: string, params: { modeId: string }, onAnswer: OnAnswer) {
      set.push(params.modeId);
      onAnswer({ ok: true, result: {} });
    },
  } as unknown as AcpConnection;
  const emit = (event: ProviderEvent) => {
    if (event.type !== 'mode') return;
    told.push(event.mode);
    if (plan && event.mode === 'ask') given = 'ask';
    settings.chooseMode(given);
    settings.assert({ connection, sessionId: 's' }, (problem) => {
      if (problem !== null) problems.push(problem);
    });
  };
  const agent = commandAgent({ id: 'a', name: 'Agent', command: 'a', args: [] } as never) as AcpAgent;
  const settings = new SessionSettings({ agent, mode, model: null, effort: null, emit, onChanged: () => {} });
  const [currentModeId] = modes;
  const availableModes = modes.map((id) => ({ id, name: id }));
  settings.opened(currentModeId === undefined ? {} : { modes: { currentModeId, availableModes } });
  return { settings, told, set, problems };
}

describe('an agent that takes a mode in which it asks for nothing', () => {
  it.each(['ask', 'accept-edits'] as const)('is told of, and set back at once, while %s is chosen', (mode) => {
    const { settings, told, set } = world(mode);
    settings.modeTold('yolo');
    expect({ told, set }).toEqual({ told: ['full'], set: ['default'] });
  });

  it('is told of also by a configuration option', () => {
    const { settings, told } = world('ask');
    const option = { id: 'm', category: 'mode', type: 'select', currentValue: 'bypassPermissions', options: [] };
    settings.settingsTold({ configOptions: [option] });
    expect(told).toEqual(['full']);
  });

  it('goes back to planning, unless a person approved the plan', () => {
    const planning = world('plan');
    planning.settings.modeTold('yolo');
    expect(planning.set.at(-1)).toBe('plan');
    const approved = world('plan', { plan: true });
    approved.settings.modeTold('yolo');
    expect(approved.told).toEqual(['ask', 'full']);
    expect(approved.set.at(-1)).toBe('default');
  });

  it('is left alone where a person gave it full access', () => {
    const { settings, told, set } = world('full');
    settings.modeTold('yolo');
    expect({ told, set }).toEqual({ told: [], set: [] });
  });

  it('does not go on when it cannot be set back, or does it again and again', () => {
    const modeless = world('ask', { modes: [] });
    modeless.settings.modeTold('yolo');
    expect(modeless.problems).toMatchObject([{ message: expect.stringContaining('"yolo"') }]);
    const stubborn = world('ask');
    for (let n = 0; n < 3; n++) stubborn.settings.modeTold('yolo');
    expect(stubborn.problems).toEqual([]);
    stubborn.settings.modeTold('yolo');
    expect(stubborn.problems).toMatchObject([{ message: expect.stringContaining('again and again') }]);
    stubborn.settings.promptDue();
    stubborn.settings.modeTold('default');
    stubborn.settings.modeTold('yolo');
    expect(stubborn.problems).toHaveLength(1);
  });
});
