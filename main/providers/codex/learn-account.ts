import { type Fields, fields, string } from '../shared/fields.ts';
import { AppServer } from './app-server.ts';
import type { CodexHost } from './launch.ts';

/** What an app-server tells of itself. */
export type Learned =
  | { type: 'models'; version: string; answer: Fields }
  /** How it is signed in, e.g. "ChatGPT Plus"; never the secret. */
  | { type: 'account'; label: string };

/**
 * Asks a new process for its models, its account and, where there is a plan, for the plan's limits. The limits come from the vendor, so Codex is
 * asked for them only in a process that is there for conversations.
 */
export function learnAccount(
  server: AppServer,
  onLearned: (learned: Learned) => void,
  withLimits = true,
): Promise<void> {
  const models = server.ask('model/list', { limit: 100 }).then((answer) => {
    if (answer.ok) onLearned({ type: 'models', version: server.version ?? '', answer: answer.result });
  });
  const account = server.ask('account/read', { refreshToken: false }).then((answer) => {
    if (!answer.ok) return;
    const { type, planType } = fields(answer.result.account);
    if (type === 'chatgpt') {
      onLearned({ type: 'account', label: `ChatGPT${planLabel(string(planType))}` });
      if (withLimits) {
        server.request('account/rateLimits/read', {}, (limits) => {
          if (limits.ok) server.learnLimits(fields(limits.result.rateLimits));
        });
      }
    } else if (type === 'apiKey') onLearned({ type: 'account', label: 'API key' });
  });
  return Promise.all([models, account]).then(() => {});
}

/** `plus` becomes ` Plus`; a plan that Codex cannot name is left out. */
function planLabel(plan: string | undefined): string {
  if (plan === undefined || plan === '' || plan === 'unknown') return '';
  return ` ${plan.charAt(0).toUpperCase()}${plan.slice(1).replaceAll('_', ' ')}`.slice(0, 50);
}

/** Longer than any start; milliseconds. */
const probeMs = 20_000;

/**
 * Starts an app-server only to ask it, so that models and efforts can be chosen before the first conversation. Resolves when it is gone again.
 */
export function probeCodex(host: CodexHost, onLearned: (learned: Learned) => void): Promise<void> {
  return new Promise((resolve) => {
    const server: AppServer = new AppServer(
      host,
      {
        onReady: () => void learnAccount(server, onLearned, false).then(() => server.stop({ politeMs: 500 })),
        onGone: () => {
          clearTimeout(late);
          resolve();
        },
      },
      true,
    );
    const late = setTimeout(() => void server.stop({ graceMs: 500 }), probeMs);
    late.unref();
  });
}
