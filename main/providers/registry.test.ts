import { describe, expect, it } from 'vitest';
import { Emitter } from '../base/emitter.ts';
import type { Provider } from '../orchestrator/ports.ts';
import { noCapabilities, type ProviderInfo } from '../protocol/values.ts';
import { ProviderRegistry } from './registry.ts';

const capabilities = noCapabilities;

function fake(id: string, states: ProviderInfo['state'][]) {
  const changed = new Emitter<void>();
  let looks = 0;
  const info = (state: ProviderInfo['state']): ProviderInfo => ({
    id,
    name: id,
    built_in: false,
    capabilities,
    models: [],
    state,
  });
  const provider: Provider & { changed: Emitter<void> } = {
    id,
    name: id,
    built_in: false,
    capabilities,
    changed,
    detect: async () => {
      const state = states[Math.min(looks++, states.length - 1)]!;
      if (state === 'checking') throw new Error('boom');
      return info(state);
    },
    start: () => {
      throw new Error('not here');
    },
  };
  return { provider, changed, looks: () => looks };
}

describe('the registry of providers', () => {
  it('looks once, when first asked, and knows the answer from then on', async () => {
    const claude = fake('claude', ['ready']);
    const registry = new ProviderRegistry([claude.provider]);
    expect(claude.looks()).toBe(0);
    expect(registry.current().map((info) => info.state)).toEqual(['checking']);
    await registry.detect();
    await registry.detect();
    expect(registry.current().map((info) => info.state)).toEqual(['ready']);
    expect(claude.looks()).toBe(1);
  });

  it('looks again on request, and tells only what is new', async () => {
    const claude = fake('claude', ['not_found', 'not_found', 'ready']);
    const registry = new ProviderRegistry([claude.provider]);
    const told: string[] = [];
    registry.changed.on((infos) => told.push(infos.map((info) => info.state).join()));
    for (let at = 0; at < 4; at++) await registry.refresh();
    expect(told).toEqual(['not_found', 'ready']);
  });

  it('knows what is built in at once, while programs are still looked for', async () => {
    const guide = fake('demo', ['ready']);
    const own = { ...guide.provider, built_in: true };
    let found = (): void => {};
    const beforeLook = () =>
      new Promise<void>((resolve) => {
        found = resolve;
      });
    const registry = new ProviderRegistry([fake('claude', ['ready']).provider, own], { beforeLook });
    const told: string[] = [];
    registry.changed.on((infos) => told.push(infos.map((info) => info.state).join()));
    const looked = registry.detect();
    await expect.poll(() => told).toEqual(['checking,ready']);
    found();
    await looked;
    expect(told).toEqual(['checking,ready', 'ready,ready']);
  });

  it('looks once for those who ask at the same time', async () => {
    const claude = fake('claude', ['ready']);
    const registry = new ProviderRegistry([claude.provider]);
    await Promise.all([registry.detect(), registry.refresh(), registry.refresh()]);
    expect(claude.looks()).toBe(1);
  });

  it('keeps the order it was given, and the others when one has a defect', async () => {
    const registry = new ProviderRegistry([fake('demo', ['ready']).provider, fake('claude', ['checking']).provider]);
    const infos = await registry.detect();
    expect(infos.map(({ id, state }) => [id, state])).toEqual([
      ['demo', 'ready'],
      ['claude', 'broken'],
    ]);
    expect(infos[1]?.problem?.message).toContain('boom');
  });

  it('looks again when a provider has learned something, until it is closed', async () => {
    const claude = fake('claude', ['ready', 'not_signed_in']);
    const registry = new ProviderRegistry([claude.provider]);
    await registry.detect();
    claude.changed.emit();
    await registry.refresh();
    expect(registry.current()[0]?.state).toBe('not_signed_in');
    registry.close();
    claude.changed.emit();
    expect(claude.looks()).toBe(2);
  });

  it('takes providers in and lets them go while it runs; the map it gave away follows', async () => {
    const claude = fake('claude', ['ready']);
    const registry = new ProviderRegistry([claude.provider]);
    const { providers } = registry;
    await registry.detect();
    const told: string[] = [];
    registry.changed.on((infos) => told.push(infos.map((info) => `${info.id} ${info.state}`).join()));
    const own = fake('own', ['ready', 'broken']);
    registry.add(own.provider);
    expect([...providers.keys()]).toEqual(['claude', 'own']);
    await registry.refresh();
    expect(told).toEqual(['claude ready,own ready']);
    own.changed.emit();
    await registry.refresh();
    expect(told.at(-1)).toBe('claude ready,own broken');
    registry.remove('own');
    expect(told.at(-1)).toBe('claude ready');
    const looks = own.looks();
    own.changed.emit();
    await registry.refresh();
    expect([own.looks(), [...providers.keys()]]).toEqual([looks, ['claude']]);
  });

  it('forgets what a look that is under way says of a provider that is gone or replaced meanwhile', async () => {
    const slow = Promise.withResolvers<ProviderInfo>();
    const first = fake('own', ['ready']);
    const registry = new ProviderRegistry([{ ...first.provider, detect: () => slow.promise }]);
    const looking = registry.refresh();
    registry.add(fake('own', ['not_found']).provider);
    slow.resolve(await first.provider.detect());
    await looking;
    await registry.refresh();
    expect(registry.current().map((info) => info.state)).toEqual(['not_found']);
  });

  it('is content with no providers', async () => {
    expect(await new ProviderRegistry([]).detect()).toEqual([]);
  });
});
