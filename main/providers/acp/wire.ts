import type {
  InitializeRequest,
  LoadSessionRequest,
  NewSessionRequest,
  PromptRequest,
  ResumeSessionRequest,
  SetSessionConfigOptionRequest,
  SetSessionModeRequest,
} from '@agentclientprotocol/sdk';
import type { ForkSessionRequest } from '@agentclientprotocol/sdk/unstable';
import type { Fields } from '../shared/fields.ts';

export { amount, type Fields, fields, list, string } from '../shared/fields.ts';

/**
 * The Agent Client Protocol, version 1 (https://agentclientprotocol.com): JSON-RPC 2.0, one object a line, both ways. What we send is checked
 * against the types of the official SDK; what an agent sends is not believed to have a shape and is read field by field.
 */
export interface AgentMethods {
  initialize: InitializeRequest;
  'session/new': NewSessionRequest;
  'session/load': LoadSessionRequest;
  'session/resume': ResumeSessionRequest;
  'session/prompt': PromptRequest;
  'session/set_mode': SetSessionModeRequest;
  'session/set_config_option': SetSessionConfigOptionRequest;
  /** Not in the stable schema yet; offered by the agents that name it among their capabilities. */
  'session/fork': ForkSessionRequest;
  /** Offered by several agents beside `models` in their answer to `session/new`; not in the stable schema. */
  'session/set_model': { sessionId: string; modelId: string };
}

export type AgentMethod = keyof AgentMethods;

/** JSON-RPC ids are the sender's: a number or a text. */
export type RpcId = number | string;

export interface RpcError {
  code: number;
  message: string;
  data?: unknown;
}

export type RpcAnswer = { ok: true; result: Fields } | { ok: false; error: RpcError };

export const protocolVersion = 1;
/** JSON-RPC 2.0: the method does not exist. */
export const methodNotFound = -32601;
/** ACP: the agent wants to be signed in first. */
export const authRequired = -32000;
