import { describe, expect, it } from 'vitest';
import { ModelInfo } from '../../protocol/values.ts';
import { knownGood } from './detect.ts';
import { handOverKey } from './launch.ts';
import { ModelCatalogue } from './models.ts';

describe('the models of a version', () => {
  const answer = {
    claude_code_version: '2.1.328',
    models: [
      {
        value: 'opus',
        resolvedModel: 'claude-opus-5-5',
        displayName: 'Opus',
        supportsEffort: true,
        supportedEffortLevels: ['low', 'high'],
      },
      { value: 'old', displayName: 'Old', supportsEffort: false, supportedEffortLevels: ['low'] },
      { value: '' },
      'nonsense',
    ],
  };

  it('are its aliases until it was asked, then what it said, with the efforts of each', () => {
    const catalogue = new ModelCatalogue();
    expect([catalogue.knows('2.1.328'), catalogue.of('2.1.328').map((model) => model.id)]).toEqual([
      false,
      ['default', 'opus', 'sonnet', 'haiku'],
    ]);
    const settings = { applied: { model: 'claude-opus-5-5', effort: 'high' } };
    expect(catalogue.learn(answer, { settings })).toBe(true);
    expect(catalogue.of('2.1.328')).toEqual([
      { id: 'opus', name: 'Opus', efforts: ['low', 'high'], default_effort: 'high' },
      { id: 'old', name: 'Old' },
    ]);
    for (const model of catalogue.of('2.1.328')) expect(ModelInfo.safeParse(model).success).toBe(true);
  });

  it('are news only once, and keep what was found out before', () => {
    const catalogue = new ModelCatalogue();
    catalogue.learn(answer, { settings: { applied: { model: 'claude-opus-5-5', effort: 'high' } } });
    expect(catalogue.learn(answer, {})).toBe(false);
    expect(catalogue.of('2.1.328')[0]?.default_effort).toBe('high');
  });

  it('belong to the version that was found where the answer does not name one', () => {
    const catalogue = new ModelCatalogue();
    catalogue.learn({ models: answer.models }, { version: '2.1.197' });
    expect(catalogue.knows('2.1.197')).toBe(true);
  });
});

describe('a version', () => {
  it.each([
    ['2.1.100', 'older'],
    ['2.1.197', 'tried'],
    ['2.1.328', 'tried'],
    ['2.2.0', 'newer'],
  ])('%s is %s', (version, known) => expect(knownGood(version)).toBe(known));
});

describe('a stored key', () => {
  const environment = () => ({ PATH: '/bin', ANTHROPIC_API_KEY: 'own', ANTHROPIC_AUTH_TOKEN: 'own' });

  it.runIf(process.platform !== 'win32').each([['2.1.328'], [undefined]])(
    'is handed over past the environment to a version that can take it, or is not known (%s)',
    (version) => {
      const env = environment();
      expect(handOverKey(env, 'stored', version)).toBe('stored');
      expect(env).toEqual({ PATH: '/bin', CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR: '3' });
    },
  );

  it('stands in the environment for one that is known to be older', () => {
    const env = environment();
    expect(handOverKey(env, 'stored', '2.1.197')).toBeUndefined();
    expect(env).toEqual({ PATH: '/bin', ANTHROPIC_API_KEY: 'stored' });
  });
});
