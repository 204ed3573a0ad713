import { migration as sessions } from './0010-sessions.ts';
import { migration as rules } from './0020-rules.ts';
import { migration as keys } from './0030-keys.ts';
import { migration as settings } from './0040-settings.ts';
import { migration as providerKeys } from './0050-provider-keys.ts';
import { migration as customAgents } from './0060-custom-agents.ts';
import { migration as access } from './0070-access.ts';
import { migration as signIn } from './0080-sign-in.ts';
import { migration as kvCosts } from './0090-kv-costs.ts';
import { migration as ductorChats } from './0110-ductor-chats.ts';
import { migration as approvals } from './0150-approvals.ts';
import { migration as drafts } from './0160-drafts.ts';
import { migration as draftFiles } from './0170-draft-files.ts';
import { migration as deletedSessions } from './0180-deleted-sessions.ts';
import { migration as attachmentUses } from './0190-attachment-uses.ts';

/** Every change of the schema, in order. Numbered by tens: room between for a repair. A migration that has shipped is never edited. */
export const migrations = [
  sessions,
  rules,
  keys,
  settings,
  providerKeys,
  customAgents,
  access,
  signIn,
  kvCosts,
  ductorChats,
  approvals,
  drafts,
  draftFiles,
  deletedSessions,
  attachmentUses,
] as const;
