import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { type Fields, fields, string } from '../shared/fields.ts';
import { describeQuestion, isToolCall, toolOf } from './approval-requests.ts';
import type { Answered, Approvals, CliRequest } from './approvals.ts';
import { refusals, requestTools } from './cli-requests.ts';
import { Compaction } from './compaction.ts';
import type { NativeGoal } from './goal.ts';
import { refusedRequestNotice } from './notices.ts';
import { type Call, SlashCommands } from './slash-commands.ts';
import type { Thread } from './thread.ts';
import { Translator } from './translate.ts';
import type { Turn } from './turn.ts';
import { UsageMeter } from './usage-meter.ts';

export interface HearingDeps {
  cwd: string;
  /** Names of the app's own tool servers. */
  own: ReadonlySet<string>;
  now: () => number;
  emit: (event: ProviderEvent) => void;
  approvals: Approvals;
  goal: NativeGoal;
}

/** What a conversation hears of its thread, and makes of it: everything but the beginning and the end of turns. */
export class Hearing {
  readonly translator: Translator;
  readonly commands = new SlashCommands();
  readonly #deps: HearingDeps;
  readonly #compaction = new Compaction();
  #meter = new UsageMeter();
  #call: Call | null = null;
  #running = false;
  #ending = false;
  /** The thread of which something is told now. */
  #thread: Thread | null = null;
  #limitsTold = '';
  #commandsTold = '';

  constructor(deps: HearingDeps) {
    this.#deps = deps;
    this.translator = new Translator({ cwd: deps.cwd, now: deps.now });
  }

  opened(thread: Thread): void {
    this.#thread = thread;
    this.#meter = new UsageMeter();
    this.#listCommands(thread);
  }

  /** A turn begins, or the next part of it. */
  begin(thread: Thread, call: Call): void {
    this.#call = call;
    this.#running = true;
    this.#ending = false;
    this.#compaction.reset();
    this.#tellLimits(thread);
  }

  /** The turn is over: what was begun is finished with what there is of it. */
  end(status: 'completed' | 'failed' | 'aborted'): void {
    // What ends while a stopped turn is cleared away was ended by us.
    this.#ending = true;
    this.#say(this.translator.close(status));
    const usage = this.#meter.take();
    if (usage !== null) this.#deps.emit(usage);
    this.#running = false;
  }

  /** What was streamed of the open items comes again. */
  voidOpen(): void {
    this.#say(this.translator.voidOpen());
  }

  /** What concerns every thread of the process. */
  shared(method: string, thread: Thread, running: boolean): void {
    if (method === 'skills/changed') this.#listCommands(thread);
    else if (method === 'account/rateLimits/updated' && running) this.#tellLimits(thread);
  }

  notification(
    method: string,
    params: Fields,
    { thread, turn, child }: { thread: Thread; turn: Turn | null; child: string | undefined },
  ): void {
    this.#ending = turn?.settling ?? false;
    if (method === 'serverRequest/resolved') {
      const id = params.requestId;
      if (typeof id !== 'string' && typeof id !== 'number') return;
      const call = this.#deps.approvals.resolved(id);
      if (call !== null) this.#say(this.translator.endUnheard(call, 'cancelled'));
      return;
    }
    if (method === 'thread/goal/updated') {
      this.#deps.goal.updated(params, thread, turn?.cliTurnId ?? null);
      return;
    }
    const turnId = string(params.turnId);
    if (child === undefined && turnId !== undefined && turnId !== turn?.cliTurnId) {
      // Of an earlier turn: it has been closed in the record, whatever comes of it.
      this.#say(this.translator.late(method, params));
      return;
    }
    for (const agent of thread.agents.learn(fields(params.item))) {
      if (thread.id !== null) thread.server.adopt(agent, thread.id);
    }
    if (child !== undefined) this.#hearAgent(thread, child, method, params);
    else if (method === 'thread/tokenUsage/updated') this.#meter.update(fields(params.tokenUsage));
    else {
      const manual = this.#call?.kind === 'compact';
      const compacted = this.#compaction.heard(method, params, this.#meter.context, manual);
      this.#say(compacted === null ? this.translator.notification(method, params) : [compacted]);
    }
  }

  /** Of a sub-agent its tools and its words are shown under the call that began it, and its last words as what that call brought. */
  #hearAgent(thread: Thread, child: string, method: string, params: Fields): void {
    const done = thread.agents.heard(child, method, params);
    if (done !== null) this.#say(this.translator.endAgent(done.call, done.words, done.failed));
    else if (method.startsWith('item/')) {
      this.#say(this.translator.notification(method, params, thread.agents.call(child) ?? child));
    }
  }

  /** @param ready - a turn runs in which somebody can be asked. */
  request(request: CliRequest, { thread, child }: { thread: Thread; child: string | undefined }, ready: boolean): void {
    const { id, method, params } = request;
    const aboutTool = method === 'mcpServer/elicitation/request' && isToolCall(params);
    const [answerable, refusal] = [canBeShown(request) ? requestTools[method] : undefined, refusals[method]];
    if (!ready || answerable === undefined) {
      if (refusal === undefined) thread.server.refuse(id, method);
      else thread.server.answer(id, refusal);
      if (answerable === undefined) this.#deps.emit(refusedRequestNotice(method));
      return;
    }
    if (aboutTool && this.#deps.own.has(string(params.serverName) ?? '')) {
      thread.server.answer(id, { action: 'accept', content: {}, _meta: null });
      return;
    }
    thread.ranTools = true;
    // Codex counts its requests anew in every process; the mark is of this one.
    const known = string(params.itemId) ?? (aboutTool ? this.translator.openTool(toolOf(params)) : undefined);
    const callId = (known ?? `request-${thread.mark}-${id}`).slice(0, 200);
    if (this.translator.tool(callId) === undefined) {
      const parent = child === undefined ? undefined : (thread.agents.call(child) ?? child);
      // Commands and changes end as every item does; of the others nothing more will be heard.
      const ends = method === 'item/commandExecution/requestApproval' || method === 'item/fileChange/requestApproval';
      this.#say(this.translator.startUnheard(callId, answerable(params, this.#deps.cwd), parent, ends));
    }
    this.#deps.approvals.request(request, callId);
  }

  /** A person answered; of what the CLI tells nothing more, this is the end. */
  answered({ toolCallId, question }: Answered, allowed: boolean): void {
    const declined = question === null || !allowed;
    this.#say(this.translator.endUnheard(toolCallId, declined ? 'denied' : 'completed', question?.output));
  }

  #listCommands(thread: Thread): void {
    thread.server.request('skills/list', { cwds: [this.#deps.cwd] }, (answer) => {
      if (thread !== this.#thread || thread.server.gone) return;
      // Without an answer, what Codex always offers.
      this.commands.learn(answer.ok ? answer.result : {});
      const commands = this.commands.all();
      const told = JSON.stringify(commands);
      if (told === this.#commandsTold) return;
      this.#commandsTold = told;
      this.#deps.emit({ type: 'commands', commands });
    });
  }

  /** The thread is not followed any more. */
  left(): void {
    this.#thread = null;
  }

  #tellLimits(thread: Thread): void {
    const limits = thread.server.limits.all();
    const told = JSON.stringify(limits);
    if (limits.length === 0 || told === this.#limitsTold) return;
    this.#limitsTold = told;
    this.#deps.emit({ type: 'plan_limits', limits });
  }

  #say(events: readonly ProviderEvent[]): void {
    for (const event of events) {
      // Between turns only notices make sense: there is no turn anything else could belong to.
      if (!this.#running && event.type !== 'notice') continue;
      if (event.type === 'tool_start' && this.#thread !== null) this.#thread.ranTools = true;
      if (event.type === 'tool_end' && event.status === 'failed' && this.#ending) {
        this.#deps.emit({ ...event, status: 'cancelled' });
      } else this.#deps.emit(event);
    }
  }
}

/** Some kinds of questions have no place here: a proof of who the person is, a form that is no list of fields. */
function canBeShown({ method, params }: CliRequest): boolean {
  const isQuestion =
    method === 'item/tool/requestUserInput' || (method === 'mcpServer/elicitation/request' && !isToolCall(params));
  return !isQuestion || describeQuestion(method, params) !== null;
}
