import type { SessionId } from '../protocol/ids.ts';
import { bucketOf } from '../sessions/buckets.ts';
import { AfterClose } from './after-close.ts';
import type { OrchestratorDeps } from './deps.ts';
import type { Goals } from './goals.ts';
import type { ProviderEvent, ProviderSession, ProviderStart } from './ports.ts';
import type { SessionRuntime } from './session-runtime.ts';

type Deps = Pick<OrchestratorDeps, 'providers' | 'clock' | 'settings' | 'log'>;

export interface LiveListener {
  /** Everything a live provider says. */
  hear(runtime: SessionRuntime, event: ProviderEvent): void;
  /** A provider that had to wait for the end of another could not be started, with a defect. */
  failed(runtime: SessionRuntime, error: unknown): void;
}

/** Which session has a CLI running behind it: starts one for a turn, lets it go when it is idle or somebody else's turn. */
export class LiveProviders {
  readonly #deps: Deps;
  readonly #goals: Goals;
  readonly #listener: LiveListener;
  /** Sessions whose last process is just ending. By id: one may be unloaded, and loaded again, meanwhile. */
  readonly #leaving = new Map<SessionId, Promise<void>>();

  constructor(deps: Deps, goals: Goals, listener: LiveListener) {
    this.#deps = deps;
    this.#goals = goals;
    this.#listener = listener;
  }

  /** The session's provider, started when it does not run. Null: there is no such provider any more. */
  ensure(runtime: SessionRuntime): ProviderSession | null {
    runtime.cancelIdleClose?.();
    runtime.cancelIdleClose = null;
    const { provider: id, session_id, cwd, model, effort, mode } = runtime.state;
    const { live } = runtime;
    if (live && runtime.liveProvider === id && !this.#goals.lacksTools(runtime, live)) return live;
    void this.release(runtime);
    const provider = this.#deps.providers.get(id);
    if (!provider) return null;
    const { provider_session_id, branch } = bucketOf(runtime.state, id);
    const { capabilities } = provider;
    const goesOn = capabilities.resume || (branch && capabilities.fork);
    const mcp_servers = this.#goals.servers(runtime);
    const voice = {};
    runtime.hearing = voice;
    runtime.liveProvider = id;
    const options: ProviderStart = {
      session_id,
      cwd,
      model,
      effort,
      mode,
      resume: goesOn ? provider_session_id : null,
      fork: branch,
      mcp_servers,
    };
    const emit = (event: ProviderEvent) => {
      if (runtime.hearing === voice) this.#listener.hear(runtime, event);
    };
    const failed = (error: unknown) => {
      if (runtime.hearing === voice) this.#listener.failed(runtime, error);
    };
    const leaving = this.#leaving.get(session_id);
    runtime.live = leaving
      ? new AfterClose(leaving, (hear) => provider.start(options, hear), emit, failed)
      : provider.start(options, emit);
    this.#goals.started(runtime, runtime.live);
    return runtime.live;
  }

  /** The CLI ended by itself. @param leaving - it is about to; resolves when it has. */
  gone(runtime: SessionRuntime, leaving?: Promise<void>): void {
    runtime.live = null;
    runtime.hearing = null;
    runtime.liveProvider = null;
    if (leaving) void this.#leave(runtime.session_id, leaving);
  }

  /** Ends the CLI behind a session; nothing it still says counts. Resolves when it is gone; never rejects. */
  async release(runtime: SessionRuntime): Promise<void> {
    const { live } = runtime;
    runtime.cancelIdleClose?.();
    runtime.cancelIdleClose = null;
    this.gone(runtime);
    await (live ? this.#leave(runtime.session_id, live.close()) : this.#leaving.get(runtime.session_id));
  }

  /** Resolves when every process that was let go has ended. */
  async allGone(): Promise<void> {
    await Promise.all(this.#leaving.values());
  }

  #leave(session_id: SessionId, closed: Promise<void>): Promise<void> {
    const gone = closed
      .catch((error: unknown) => {
        this.#deps.log.error('a provider could not be closed', { session: session_id, error: String(error) });
      })
      .then(() => {
        if (this.#leaving.get(session_id) === gone) this.#leaving.delete(session_id);
      });
    this.#leaving.set(session_id, gone);
    return gone;
  }

  /** A CLI without a turn is let go after a while; the next message resumes it. */
  closeWhenIdle(runtime: SessionRuntime): void {
    if (runtime.state.turn) return;
    runtime.cancelIdleClose?.();
    runtime.cancelIdleClose = this.#deps.clock.after(this.#deps.settings().idle_close_minutes * 60_000, () => {
      if (runtime.live && !runtime.state.turn) void this.release(runtime);
    });
  }
}
