import { say, sayWith } from '../protocol/saying.ts';
import type { ProviderInfo } from '../protocol/values.ts';
import type { ProviderKeyKeeper } from '../security/provider-keys.ts';
import { ownProgram } from './install-cli.ts';

export interface CompleteInfoOptions {
  /** Where CLIs are looked for and started; see `createCliSurroundings`. What is chosen here is set in it. */
  env: NodeJS.ProcessEnv;
  clisDir: string;
  keys: Pick<ProviderKeyKeeper, 'state'>;
}

/** Adds to what an adapter found out: whether a key is stored, and which of two installations is used. */
export interface InfoCompleter {
  complete(info: ProviderInfo, lookAgain: () => Promise<ProviderInfo>): Promise<ProviderInfo>;
  /** The app has installed this CLI anew: which one is used is decided again at the next look. */
  installed(provider: string): void;
}

/** Variable by which the person says where a CLI is; see the adapters' `overrideVariable`. */
const overrideOf = (provider: string) => `QUARTERDECK_${provider.toUpperCase().replaceAll('-', '_')}_PATH`;

/**
 * The person's own installation of a CLI is preferred to the app's. Only when theirs is too old or broken and the app has one that works, that one is
 * used, and `passed_over` says so. A path that the person set is never overruled.
 */
export function createInfoCompleter({ env, clisDir, keys }: CompleteInfoOptions): InfoCompleter {
  /** By provider: the installation that is not used, and ours that is. */
  const choices = new Map<string, { program: string; over: NonNullable<ProviderInfo['passed_over']> }>();
  const forget = (provider: string) => {
    if (choices.delete(provider)) delete env[overrideOf(provider)];
  };

  async function choose(info: ProviderInfo, lookAgain: () => Promise<ProviderInfo>): Promise<ProviderInfo> {
    const override = overrideOf(info.id);
    const chosen = choices.get(info.id);
    if (chosen !== undefined && (info.state === 'ready' || info.state === 'not_signed_in')) return info;
    // Ours was taken away or does not work any more.
    if (chosen !== undefined) {
      forget(info.id);
      return choose(await lookAgain(), lookAgain);
    }
    const program = info.npm_package === undefined || env[override] ? null : ownProgram(clisDir, info.id);
    if (program === null || program === info.path) return info;
    if (info.state !== 'too_old' && info.state !== 'broken') return info;
    env[override] = program;
    const ours = await lookAgain();
    if (ours.state !== 'ready' && ours.state !== 'not_signed_in') {
      delete env[override];
      return info;
    }
    const { path = '', version, state } = info;
    choices.set(info.id, { program, over: { path, state, ...(version === undefined ? {} : { version }) } });
    return ours;
  }

  return {
    async complete(found, lookAgain) {
      const info = await choose(found, lookAgain);
      const chosen = choices.get(info.id);
      const own = info.path?.startsWith(clisDir) ? { own: true } : {};
      const over = chosen === undefined ? {} : { passed_over: chosen.over };
      return withKey(nothingSaid({ ...info, ...own, ...over }), keys);
    },
    installed: forget,
  };
}

/** An adapter's advice is for a message that got no answer; who looks at the list of agents has said nothing yet. */
function nothingSaid(info: ProviderInfo): ProviderInfo {
  const { problem } = info;
  if (problem === undefined) return info;
  const press = info.state === 'not_found' && info.npm_package !== undefined;
  const next = press
    ? 'Press Install, or run the command below, then look again.'
    : problem.next.replace(/(?:,? and|\. Then),? send the message again\./, ', then look again.');
  const said = press ? sayWith(problem.say, say('next.pressInstall')) : problem.say;
  return { ...info, problem: { ...problem, ...(said === undefined ? {} : { say: said }), next } };
}

/** A key that stands here but cannot be read is said, whatever else is the matter with the CLI. */
function withKey(info: ProviderInfo, keys: Pick<ProviderKeyKeeper, 'state'>): ProviderInfo {
  if (info.built_in) return info;
  const state = keys.state(info.id);
  if (state.stored) return { ...info, key_stored: true };
  if (!('problem' in state)) return { ...info, key_stored: false };
  const { say: said, message, next = '' } = state.problem;
  const unreadable = { ...(said === undefined ? {} : { say: said }), message, next };
  return { ...info, key_stored: false, problem: info.problem ?? unreadable };
}
