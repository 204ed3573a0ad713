import { parseScenario } from './parse-scenario.ts';
import type { Directive } from './scenario.ts';

/** A conversation as the model sees it, in words that belong to no vendor. Each door builds one from its own request format. */
export interface Transcript {
  turns: Turn[];
}

export type Turn = UserTurn | AssistantTurn;

export interface UserTurn {
  role: 'user';
  /** What the person wrote, without what the CLI wrapped around it. More than one where earlier ones got no answer; the last counts. */
  prompts: string[];
  /** What the CLI wrote by itself, or the person steered into a running turn: it goes on with the script instead of starting one. */
  continuations: string[];
  results: ToolResult[];
}

export interface AssistantTurn {
  role: 'assistant';
  text: string;
  toolCalls: { callId: string; name: string; input: unknown }[];
}

export interface ToolResult {
  callId: string;
  text: string;
  isError: boolean;
}

/** Which step of which script a request asks for. */
export interface SelectedStep {
  prompt: string;
  /** Position of the prompt among the turns; tells two equal prompts of one conversation apart. */
  promptIndex: number;
  stepIndex: number;
  directives: Directive[];
  results: ToolResult[];
}

export type StepSelection = { ok: true; step: SelectedStep } | { ok: false; problem: string };

/**
 * Finds the newest prompt and counts the answers given to it since: that number is the step. Nothing is remembered between requests,
 * so a conversation that another process resumes goes on where its messages say it stands.
 * @param scriptOf - the script of a prompt that does not carry it itself.
 */
export function selectStep(
  { turns }: Transcript,
  scriptOf: (prompt: string) => string = (prompt) => prompt,
): StepSelection {
  const promptIndex = turns.findLastIndex((turn) => turn.role === 'user' && turn.prompts.length > 0);
  const promptTurn = turns[promptIndex];
  const written = promptTurn?.role === 'user' ? promptTurn.prompts.at(-1) : undefined;
  if (written === undefined) return { ok: false, problem: 'the request contains no prompt of a user' };
  const prompt = withoutReport(written);
  const stepIndex = turns.slice(promptIndex + 1).filter((turn) => turn.role === 'user').length;
  const lastTurn = turns.at(-1);
  const results = lastTurn?.role === 'user' ? lastTurn.results : [];
  const parsed = parseScenario(scriptOf(prompt));
  if (parsed.outcome === 'mistake') return { ok: false, problem: parsed.problem };
  const directives = parsed.outcome === 'plain' ? [echo(prompt)] : (parsed.scenario.steps[stepIndex] ?? [done]);
  return { ok: true, step: { prompt, promptIndex, stepIndex, directives, results } };
}

/** What Quarterdeck tells an agent of earlier things may hold the scripts of earlier prompts: only what a person says now counts. */
function withoutReport(prompt: string): string {
  const end = '</earlier-in-this-session>';
  const at = prompt.lastIndexOf(end);
  return at < 0 ? prompt : prompt.slice(at + end.length).trimStart();
}

const done: Directive = { kind: 'text', text: 'Done.' };
const echoedCharacters = 400;

function echo(prompt: string): Directive {
  const words = prompt.trim().slice(0, echoedCharacters);
  return { kind: 'text', text: `You said: ${words}` };
}
