import { BoundedOutput } from './bounded-output.ts';
import { code, fence, type Guide, sayWouldDo } from './guide.ts';
import { Stopped } from './turn.ts';

function tail(output: string): string {
  const lines = output.trimEnd().split('\n').slice(-10);
  return lines.map((line) => line.slice(0, 300)).join('\n');
}

/** Runs a shell command in the session's folder. Stopping the turn ends every process it started before the turn ends. */
export async function run(guide: Guide, command: string): Promise<boolean> {
  const { turn, cwd, words } = guide;
  if (guide.mode() === 'plan') {
    await sayWouldDo(guide, [words.runStep(code(command)), words.showOutput]);
    return false;
  }
  await turn.think(words.runThought);
  let answer = '';
  const call = { tool: 'Run', kind: 'execute' as const, title: command.slice(0, 1000), input: { command } };
  const outcome = await turn.tool(call, async (id, output) => {
    const permission = await turn.permission(id, {
      ...call,
      command,
      reason: words.consentToRun,
      rule: {
        tool: 'Run',
        match: 'exact',
        pattern: command,
        label: code(command.length <= 80 ? command : `${command.slice(0, 79)}…`),
      },
    });
    if (permission.decision === 'deny') {
      answer = words.notRun(code(command), permission.message ?? '');
      return { status: 'denied', output: permission.message || words.notAllowed };
    }
    if (guide.mode() === 'plan') {
      answer = words.notRunPlan(code(command));
      return { status: 'denied', output: words.switchedToPlan };
    }
    turn.checkStopped();
    const kept = new BoundedOutput();
    const running = guide.startCommand({
      command,
      cwd,
      onText: (text) => {
        const shown = kept.add(text);
        if (shown !== '') output(shown);
      },
    });
    const stop = () => void running.kill();
    turn.signal.addEventListener('abort', stop, { once: true });
    const ended = await running.done;
    turn.signal.removeEventListener('abort', stop);
    if (turn.signal.aborted) {
      await running.kill();
      return { status: 'cancelled', output: kept.text };
    }
    if (ended.problem) {
      const why = words.notStarted(ended.problem);
      answer = words.couldNotRun(code(command), why);
      return { status: 'failed', output: why, exit_code: null };
    }
    const good = ended.exit_code === 0;
    const how = good
      ? words.endedWell(code(command))
      : ended.exit_code === null
        ? words.endedBy(code(command), String(ended.signal))
        : words.endedWith(code(command), ended.exit_code);
    answer = `${how} ${kept.total === 0 ? words.saidNothing : `${words.lastWords}\n\n${fence(tail(kept.text))}`}`;
    return { status: good ? 'completed' : 'failed', output: kept.text, exit_code: ended.exit_code };
  });
  if (outcome.status === 'cancelled') throw new Stopped();
  await turn.say(answer);
  return outcome.status === 'completed';
}
