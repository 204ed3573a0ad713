import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Capabilities } from '../../protocol/values.ts';
import { formOf } from '../shared/elicitation.ts';
import type { Approvals } from './approvals.ts';
import type { Link } from './link.ts';
import { optionsOf } from './permission-options.ts';
import type { TerminalRequest } from './terminals.ts';
import { type Fields, fields, methodNotFound, type RpcId } from './wire.ts';

export interface AgentRequestsDeps {
  approvals: () => Approvals;
  emit: (events: readonly ProviderEvent[]) => void;
  onSeen: (found: Partial<Capabilities>) => void;
}

export interface AgentRequest {
  link: Link;
  id: RpcId;
  method: string;
  params: Fields;
  line: Fields;
  /** It belongs to the turn that runs. */
  live: boolean;
}

const invalidParams = -32602;
const internalError = -32603;

/** What an agent asks of us: permissions, forms, and commands that we run for it. */
export class AgentRequests {
  readonly #deps: AgentRequestsDeps;
  /** Cards of commands that the agent did not ask permission for: theirs is the terminal's end. */
  readonly #cards = new Map<string, { link: Link; toolCallId: string }>();
  /** Commands that may run now that their card says so. */
  readonly #due: (() => void)[] = [];

  constructor(deps: AgentRequestsDeps) {
    this.#deps = deps;
  }

  handle(request: AgentRequest): void {
    const { link, id, method, params } = request;
    if (link.terminals.handle(id, method, params)) return;
    if (method === 'terminal/create') this.#terminal(request);
    else this.#ask(request);
  }

  #ask({ link, id, method, params, line, live }: AgentRequest): void {
    const form = method === 'elicitation/create' ? formOf(params) : null;
    if (method !== 'session/request_permission' && form === null) {
      const message = `Not supported by this host: ${method.slice(0, 200)}`;
      link.connection.refuse(id, { code: methodNotFound, message });
      const out: ProviderEvent[] = [];
      link.updates.unknown(method, line, out);
      this.#deps.emit(out);
      return;
    }
    if (!live) {
      link.connection.answer(id, form === null ? { outcome: { outcome: 'cancelled' } } : { action: 'cancel' });
      return;
    }
    const told = form === null ? fields(params.toolCall) : { toolCallId: params.toolCallId, title: form.message };
    const call = this.#call(link, told, `request-${id}`);
    const ref = `${link.prefix}:${id}`;
    if (form !== null) {
      this.#deps.onSeen({ questions: true });
      this.#deps.approvals().form(ref, id, call, form);
    } else this.#deps.approvals().permission(ref, id, call, optionsOf(params));
  }

  /** A terminal ended: where its card is ours, that is the end of it. */
  terminalEnded(terminalId: string, exitCode: number | null, output: string, out: ProviderEvent[]): void {
    const card = this.#cards.get(terminalId);
    if (card === undefined) return;
    this.#cards.delete(terminalId);
    const { link, toolCallId } = card;
    const status = exitCode === 0 ? 'completed' : 'failed';
    const rawOutput = { output, exit_code: exitCode };
    link.updates.tools.update({ toolCallId, status, rawOutput }, false, out);
  }

  /** An answer was given and recorded. */
  settled(): void {
    for (const go of this.#due.splice(0)) go();
  }

  /**
   * A command runs when a person, a rule or the mode allowed this very command before in this turn. Else the agent is made to wait while that is
   * asked here, with the exact command.
   */
  #terminal({ link, id, params, live }: AgentRequest): void {
    const { terminals, connection, updates } = link;
    const wanted = terminals.read(params);
    if (wanted === null || !live) {
      const code = wanted === null ? invalidParams : internalError;
      connection.refuse(id, { code, message: wanted === null ? 'A command is due.' : 'No turn runs.' });
      return;
    }
    if (wanted.plain && updates.tools.takeAllowed(spellings(wanted))) {
      terminals.open(id, wanted);
      return;
    }
    const toolCallId = `terminal-request-${id}`;
    const input = { command: wanted.line, cwd: wanted.cwd };
    const call = this.#call(link, { toolCallId, title: wanted.line, kind: 'execute', rawInput: input }, toolCallId);
    this.#deps.approvals().command(`${link.prefix}:${id}`, call, (answer) => {
      if (answer === null || answer.decision === 'deny') {
        const words = answer?.message ? `: ${answer.message}` : '.';
        const message =
          answer === null ? 'The turn was stopped.' : `The person does not want this command to run${words}`;
        connection.refuse(id, { code: internalError, message });
        return;
      }
      this.#due.push(() => {
        updates.tools.takeAllowed([wanted.line]);
        const terminalId = terminals.open(id, wanted);
        const out: ProviderEvent[] = [];
        if (terminalId === null) updates.tools.update({ toolCallId, status: 'failed' }, false, out);
        else {
          this.#cards.set(terminalId, { link, toolCallId });
          const content = [{ type: 'terminal', terminalId }];
          updates.tools.update({ toolCallId, status: 'in_progress', content }, false, out);
        }
        this.#deps.emit(out);
      });
    });
  }

  /** The call has to be known before the request for it. */
  #call(link: Link, told: Fields, ownId: string) {
    const out: ProviderEvent[] = [];
    link.updates.runs.tool(out);
    const call = link.updates.tools.forPermission(told, ownId, out);
    this.#deps.emit(out);
    return call;
  }
}

/** How an agent may have written this command when it asked: as a line, as words, or without the shell around it. */
function spellings({ command, args, line }: TerminalRequest): string[] {
  const [flag, inner, ...more] = args;
  const wrapped =
    /(?:^|\/)(?:ba|z|da)?sh$/.test(command) && /^-l?c$/.test(flag ?? '') && inner !== undefined && more.length === 0;
  return [line, JSON.stringify([command, ...args]), ...(wrapped ? [inner] : [])];
}
