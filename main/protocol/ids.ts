import { z } from 'zod';

/** Identifiers are opaque to every reader; the prefix is there for people who read logs. Branded so that two kinds cannot be swapped. */
const id = <const Brand extends string>(prefix: string, brand: Brand) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9_-]{8,64}$`))
    .describe(`${brand}: "${prefix}_" and 8 to 64 characters of base64url`)
    .brand<Brand>();

export const SessionId = id('ses', 'SessionId');
export type SessionId = z.infer<typeof SessionId>;
export const TurnId = id('turn', 'TurnId');
export type TurnId = z.infer<typeof TurnId>;
export const QueueId = id('q', 'QueueId');
export type QueueId = z.infer<typeof QueueId>;
export const ApprovalId = id('apr', 'ApprovalId');
export type ApprovalId = z.infer<typeof ApprovalId>;
export const MessageId = id('msg', 'MessageId');
export type MessageId = z.infer<typeof MessageId>;
export const RuleId = id('rule', 'RuleId');
export type RuleId = z.infer<typeof RuleId>;

/** Made by the client, new for every command, the same for every retry of it. */
export const CommandId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/)
  .describe('CommandId: 8 to 64 characters of base64url, chosen by the client');
export type CommandId = z.infer<typeof CommandId>;

/** An item of a turn (a text block, a reasoning block, a tool call). Made by the adapter, unique within its session. */
export const ItemId = z.string().min(1).max(200);
export type ItemId = z.infer<typeof ItemId>;

/** `claude`, `demo`, `codex`, `gemini`, or the name of an agent the person added. */
export const ProviderId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
export type ProviderId = z.infer<typeof ProviderId>;
