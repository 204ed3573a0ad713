import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { JobOutput } from '../../../main/protocol/views.ts';
import type { Client } from '../../store/client.ts';

/** An installation as this page knows it. It goes on when nobody looks. */
export interface Install {
  /** Null until the answer came. */
  readonly jobId: string | null;
  readonly state: JobOutput['state'];
  /** The end of what it printed. */
  readonly text: string;
  readonly startedAt: number;
  readonly cancelling: boolean;
  /** Why it could not be started or cannot be followed any more. */
  readonly problem: Problem | null;
}

export type Installs = Readonly<Record<string, Install>>;

/** By provider; gone when the person closes its panel. */
export const installsStore = createStore<Installs>(() => ({}));

const pollMs = 500;
/** Characters of output that are shown. */
const shownChars = 40_000;

function change(provider: string, part: Partial<Install>): void {
  installsStore.setState((all) => {
    const one = all[provider];
    return one === undefined ? all : { ...all, [provider]: { ...one, ...part } };
  });
}

/** Starts an installation, or joins the one that runs, and follows it to its end. */
export async function install(client: Client, provider: string): Promise<void> {
  const begun: Install = {
    jobId: null,
    state: 'running',
    text: '',
    startedAt: Date.now(),
    cancelling: false,
    problem: null,
  };
  installsStore.setState({ [provider]: begun });
  const answer = await client.request<{ job_id: string }>({ type: 'provider_install', provider });
  if (!answer.ok) {
    change(provider, { state: 'failed', problem: answer.problem });
    return;
  }
  change(provider, { jobId: answer.value.job_id });
  await follow(client, provider, answer.value.job_id);
}

async function follow(client: Client, provider: string, jobId: string): Promise<void> {
  let offset = 0;
  while (installsStore.getState()[provider]?.jobId === jobId) {
    const answer = await client.request<JobOutput>({ type: 'job', job_id: jobId, offset });
    if (!answer.ok) {
      change(provider, { state: 'failed', problem: answer.problem });
      return;
    }
    offset = answer.value.offset;
    const text = `${installsStore.getState()[provider]?.text ?? ''}${answer.value.text}`.slice(-shownChars);
    change(provider, { text, state: answer.value.state });
    if (answer.value.state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

export async function cancelInstall(client: Client, provider: string): Promise<void> {
  const jobId = installsStore.getState()[provider]?.jobId;
  if (!jobId) return;
  change(provider, { cancelling: true });
  const answer = await client.request({ type: 'job_cancel', job_id: jobId });
  if (!answer.ok) change(provider, { cancelling: false, problem: answer.problem });
}

/** Takes the panel away. What runs goes on. */
export function closeInstall(provider: string): void {
  installsStore.setState((all) => {
    const { [provider]: _closed, ...others } = all;
    return others;
  }, true);
}
