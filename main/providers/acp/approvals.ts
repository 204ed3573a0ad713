import type { ApprovalAnswer, ProviderEvent } from '../../orchestrator/ports.ts';
import type { ApprovalOption, Question } from '../../protocol/values.ts';
import { resolveLinks } from '../resolve-links.ts';
import { type Form, fillIn } from '../shared/elicitation.ts';
import { approvalRule, isSensitive, type Place } from './approval-rule.ts';
import { chooseOption, type Option, offeredOptions, onlyForGood, questionOf } from './permission-options.ts';
import type { Call } from './tool-calls.ts';
import { titleOf } from './tool-words.ts';
import type { RpcId } from './wire.ts';

export interface ApprovalsDeps {
  /** For people. */
  name: string;
  cwd: string;
  /** The person's home folder: a rule for all of it would be a rule for everything. */
  home: string;
  emit: (event: ProviderEvent) => void;
  /** A call of one of the tools the app itself gave this session: they only write into its record. */
  isOwn: (call: Call) => boolean;
  /** Answers the agent's request. */
  respond: (id: RpcId, result: object) => void;
}

interface Pending {
  call: Call;
  questions: readonly Question[];
  /** In the agent's own words. */
  options: ApprovalOption[];
  /** A yes would be for good. */
  forGood: boolean;
  /** Tells the agent a person's answer. @returns whether that lets it go on. */
  decide: (answer: ApprovalAnswer) => boolean;
  /** Tells the agent that nobody will answer. */
  cancel: () => void;
  announced: boolean;
}

const cancelled = { outcome: { outcome: 'cancelled' } };

/** What the agent waits for: permissions, and forms to be filled in. */
export class Approvals {
  readonly #deps: ApprovalsDeps;
  readonly #pending = new Map<string, Pending>();

  constructor(deps: ApprovalsDeps) {
    this.#deps = deps;
  }

  get anyOpen(): boolean {
    return this.#pending.size > 0;
  }

  /** `session/request_permission` */
  permission(ref: string, rpcId: RpcId, call: Call, options: readonly Option[]): void {
    const once = this.#deps.isOwn(call) ? options.find(({ kind }) => kind === 'allow_once') : undefined;
    if (once) {
      this.#deps.respond(rpcId, { outcome: { outcome: 'selected', optionId: once.id } });
      return;
    }
    const question = questionOf(titleOf(call), options);
    this.#add(ref, {
      call,
      questions: question === null ? [] : [question],
      options: question === null ? offeredOptions(options) : [],
      forGood: onlyForGood(options),
      decide: (answer) => {
        const chosen = options.find((option) => option.id === chooseOption(options, answer, question));
        this.#deps.respond(
          rpcId,
          chosen === undefined ? cancelled : { outcome: { outcome: 'selected', optionId: chosen.id } },
        );
        return chosen?.kind.startsWith('allow') === true;
      },
      cancel: () => this.#deps.respond(rpcId, cancelled),
      announced: false,
    });
  }

  /** `elicitation/create` */
  form(ref: string, rpcId: RpcId, call: Call, form: Form): void {
    this.#add(ref, {
      call,
      questions: form.fields.map((field) => field.question),
      options: [],
      forGood: false,
      decide: (answer) => {
        this.#deps.respond(rpcId, fillIn(form, answer));
        return answer.decision !== 'deny';
      },
      cancel: () => this.#deps.respond(rpcId, { action: 'cancel' }),
      announced: false,
    });
  }

  /** A command the agent wants us to run (`terminal/create`) and did not ask for before. `answer` gets null when nobody will answer. */
  command(ref: string, call: Call, answer: (given: ApprovalAnswer | null) => void): void {
    this.#add(ref, {
      call,
      questions: [],
      options: [],
      forGood: false,
      decide: (given) => {
        answer(given);
        return given.decision !== 'deny';
      },
      cancel: () => answer(null),
      announced: false,
    });
  }

  /** Announces a request: at once, or, where it names files, as soon as it is known where their paths really lead. */
  #add(ref: string, pending: Pending): void {
    this.#pending.set(ref, pending);
    const { cwd, home } = this.#deps;
    if (pending.call.paths.length === 0) this.#announce(ref, pending, { cwd, home, paths: [] });
    else void this.#lookAt(ref, pending);
  }

  /** Where the paths cannot be resolved the request is announced all the same, with nothing lasting to offer. */
  async #lookAt(ref: string, pending: Pending): Promise<void> {
    const { cwd, home } = this.#deps;
    const place = await Promise.all([
      resolveLinks(cwd),
      resolveLinks(home).catch(() => home),
      Promise.all(pending.call.paths.map(resolveLinks)),
    ]).catch(() => null);
    this.#announce(ref, pending, place === null ? null : { cwd: place[0], home: place[1], paths: place[2] });
  }

  #announce(ref: string, pending: Pending, place: Place | null): void {
    // Taken back while we looked: nobody heard of it, nobody has to.
    if (this.#pending.get(ref) !== pending) return;
    pending.announced = true;
    const { call, questions, options, forGood } = pending;
    const [path] = place?.paths ?? [];
    // Folder rules match on one path; where several or delicate ones are touched a person is asked each time.
    const matched = place?.paths.length === 1 && path !== undefined && !isSensitive(place.cwd, path) ? { path } : {};
    const [diff] = call.diffs;
    const lasts = place !== null && questions.length === 0 && !forGood;
    this.#deps.emit({
      type: 'approval_request',
      ref,
      tool_call_id: call.id,
      tool: call.tool,
      kind: questions.length === 0 ? call.kind : 'question',
      title: titleOf(call),
      input: call.input,
      ...(call.command === undefined ? {} : { command: call.command }),
      ...(diff === undefined ? {} : { diff: path === undefined ? diff : { ...diff, path } }),
      ...(call.diffs.length > 1 ? { diffs: call.diffs } : {}),
      ...(options.length === 0 ? {} : { options }),
      ...matched,
      ...reasonOf(call, forGood, this.#deps.name),
      rule: lasts ? approvalRule(call, place) : null,
      ...(questions.length === 0 ? {} : { questions: [...questions] }),
    });
  }

  /** @returns the call and whether it may go on; null when nobody waits for this answer any more. */
  answer(ref: string, answer: ApprovalAnswer): { callId: string; allowed: boolean } | null {
    const pending = this.#pending.get(ref);
    if (pending === undefined) return null;
    this.#pending.delete(ref);
    return { callId: pending.call.id, allowed: pending.decide(answer) };
  }

  /** The CLI ended under its questions: nobody took them back, and a person may still answer for when it asks again. */
  abandonAll(): void {
    this.#pending.clear();
  }

  /** The turn is stopped: nobody will answer any more. The agent is told so; the protocol asks for it. */
  withdrawAll(): void {
    for (const [ref, pending] of [...this.#pending]) {
      this.#pending.delete(ref);
      pending.cancel();
      if (pending.announced) this.#deps.emit({ type: 'approval_withdrawn', ref });
    }
  }
}

function reasonOf(call: Call, forGood: boolean, name: string): { reason?: string } {
  const warning = forGood ? `${name} can only be told yes for good: it will not ask for this kind of call again.` : '';
  const reason = [warning, call.command === undefined ? '' : call.description].filter((text) => text !== '').join('\n');
  return reason === '' ? {} : { reason: reason.slice(0, 4000) };
}
