import { type Capabilities, noCapabilities } from '../../protocol/values.ts';
import type { Settings } from './settings.ts';
import { agentMode } from './settings.ts';
import { type Fields, fields, list, string } from './wire.ts';

/** What an agent says of itself in its answer to `initialize`. */
export interface AgentFacts {
  /** Its own name, e.g. "gemini-cli". */
  name: string | undefined;
  version: string | undefined;
  /** Kinds of content a prompt may hold beside text and links, which every agent takes. */
  image: boolean;
  embedded: boolean;
  /** Tool servers over HTTP may be named when a session is opened. */
  httpTools: boolean;
  resume: 'session/resume' | 'session/load' | null;
  fork: boolean;
  /** How a person can sign in, in the agent's own words. */
  signIn: string[];
}

/** Nothing it did not say: a capability that is not named is not there (ACP, Initialization). */
export function agentFacts(answer: Fields): AgentFacts {
  const info = fields(answer.agentInfo);
  const capabilities = fields(answer.agentCapabilities);
  const prompt = fields(capabilities.promptCapabilities);
  const session = fields(capabilities.sessionCapabilities);
  return {
    name: string(info.title) || string(info.name),
    version: string(info.version),
    image: prompt.image === true,
    embedded: prompt.embeddedContext === true,
    httpTools: fields(capabilities.mcpCapabilities).http === true,
    // `session/resume` does not tell the conversation again, so it is the better one.
    resume: offered(session.resume) ? 'session/resume' : capabilities.loadSession === true ? 'session/load' : null,
    fork: offered(session.fork),
    signIn: list(answer.authMethods)
      .map(fields)
      .flatMap(({ name, description }) => {
        const words = [string(name), string(description)].filter((part) => part);
        return words.length === 0 ? [] : [words.join(': ').slice(0, 300)];
      })
      .slice(0, 10),
  };
}

const offered = (capability: unknown) => typeof capability === 'object' && capability !== null;

/** What is true of every agent: it follows from the protocol, or from what we do ourselves. */
export const everyAgent: Capabilities = {
  ...noCapabilities,
  // A prompt may always hold links to files.
  files: true,
  // Where an agent does not run its commands through us it may still tell their output when they have ended.
  tool_output: 'end',
  goals: 'words',
  // They may be named to any: one that takes none over HTTP is told of none (`handshake`). Else the first goal of an agent that never ran had no tools.
  mcp_servers: true,
  // We answer its questions; what it does without asking is not in our hands.
  modes: ['ask', 'accept-edits', 'full'],
};

/** What its handshake and its first session say that it can do. `resumes` false: it must not be asked to, whatever it says. */
export function toldCapabilities(facts: AgentFacts, settings: Settings, resumes: boolean): Partial<Capabilities> {
  const { mode, model, effort } = settings;
  const plans = mode !== null && agentMode(mode, 'plan') !== undefined;
  return {
    resume: resumes && facts.resume !== null,
    fork: resumes && facts.fork,
    images: facts.image,
    mcp_servers: facts.httpTools,
    goals: facts.httpTools ? 'tools' : 'words',
    set_model: model !== null,
    set_effort: effort !== null,
    // `full` and `accept-edits` are our answers, so a mode can always be chosen.
    set_mode: true,
    modes: plans ? ['ask', 'accept-edits', 'plan', 'full'] : ['ask', 'accept-edits', 'full'],
  };
}
