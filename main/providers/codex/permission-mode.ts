import type { PermissionMode } from '../../protocol/values.ts';

/** `approvalPolicy` and `sandboxPolicy` of `turn/start`. They hold for this turn and those that follow, so they are sent with each. */
export interface TurnPolicy {
  approvalPolicy: 'untrusted' | 'never';
  sandboxPolicy: object;
}

const workspaceWrite = {
  type: 'workspaceWrite',
  writableRoots: [],
  networkAccess: false,
  excludeTmpdirEnvVar: false,
  excludeSlashTmp: false,
};

/**
 * Our modes in Codex's words. `untrusted` asks before every patch and every command that is not known to be harmless. `accept-edits` is the same:
 * changes inside the folder are answered by the adapter, because Codex's own `on-request` would also run commands without asking.
 */
export function turnPolicy(mode: PermissionMode): TurnPolicy {
  switch (mode) {
    case 'ask':
    case 'accept-edits':
      return { approvalPolicy: 'untrusted', sandboxPolicy: workspaceWrite };
    case 'plan':
      return { approvalPolicy: 'never', sandboxPolicy: { type: 'readOnly', networkAccess: false } };
    case 'full':
      return { approvalPolicy: 'never', sandboxPolicy: { type: 'dangerFullAccess' } };
  }
}

/**
 * How a thread is opened, whatever its mode: with a sandbox that may write, `thread/start` and `thread/resume` would enter the folder as trusted
 * into the person's config.toml. What holds for a turn comes with the turn.
 */
export const openingPolicy = { approvalPolicy: 'untrusted', sandbox: 'read-only' } as const;
