import type { Clock } from '../../base/clock.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { AcpAgent, AcpHost } from './agent.ts';
import { type HandshakeOptions, handshake } from './handshake.ts';
import { Link, type LinkListener } from './link.ts';
import { noHandshake } from './problems.ts';
import type { AcpTimes } from './times.ts';

export interface OpenLinkOptions
  extends Pick<HandshakeOptions, 'cwd' | 'resume' | 'fork' | 'mcpServers' | 'onReady' | 'onReplay' | 'onLost'> {
  host: AcpHost;
  agent: AcpAgent;
  clock: Clock;
  times: AcpTimes;
  listener: LinkListener;
}

export interface OpenedLink {
  link: Link;
  /** It ended, or is ready: it will not be given up any more. */
  settled(): void;
}

/**
 * Starts an agent and makes it ready: `onReady` comes when it has a session. When it does not get that far the link is ended, with `failure` set;
 * its listener hears that it is gone.
 */
export function openLink({ host, agent, clock, times, listener, ...wanted }: OpenLinkOptions): OpenedLink {
  const link = new Link({ host, agent, cwd: wanted.cwd, now: () => clock.now() }, listener);
  const fail = (problem: Problem) => {
    cancel();
    link.failure = problem;
    void link.stop({ graceMs: times.killGraceMs });
  };
  const cancel = clock.after(times.handshakeMs, () =>
    fail(link.speaksNonsense ? link.nonsenseProblem() : noHandshake(agent, Math.round(times.handshakeMs / 1000))),
  );
  handshake({
    ...wanted,
    ...{ connection: link.connection, agent, onFailed: fail },
    onReady(ready) {
      cancel();
      wanted.onReady(ready);
    },
    onLost(why) {
      cancel();
      wanted.onLost(why);
      void link.stop({ graceMs: times.killGraceMs });
    },
  });
  return { link, settled: cancel };
}
