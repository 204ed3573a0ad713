import { BoundedOutput } from './bounded-output.ts';
import { code, fence, type Guide, sayWouldDo } from './guide.ts';
import { Stopped } from './turn.ts';

function tail(output: string): string {
  const lines = output.trimEnd().split('\n').slice(-10);
  return lines.map((line) => line.slice(0, 300)).join('\n');
}

/** Runs a shell command in the session's folder. Stopping the turn ends every process it started before the turn ends. */
export async function run(guide: Guide, command: string): Promise<boolean> {
  const { turn, cwd } = guide;
  if (guide.mode() === 'plan') {
    await sayWouldDo(guide, [`Run ${code(command)} in this folder`, 'Show you its output and how it ended']);
    return false;
  }
  await turn.think(
    'I am about to run a command in this folder. It can do whatever you can do here, so look at it first.',
  );
  let answer = '';
  const call = { tool: 'Run', kind: 'execute' as const, title: command.slice(0, 1000), input: { command } };
  const outcome = await turn.tool(call, async (id, output) => {
    const permission = await turn.permission(id, {
      ...call,
      command,
      reason: 'The guide runs commands only with your consent.',
      rule: {
        tool: 'Run',
        match: 'exact',
        pattern: command,
        label: code(command.length <= 80 ? command : `${command.slice(0, 79)}…`),
      },
    });
    if (permission.decision === 'deny') {
      const why = permission.message ? ` You said: “${permission.message}”` : '';
      answer = `I did not run ${code(command)}, because it was not allowed.${why}`;
      return { status: 'denied', output: permission.message || 'Not allowed.' };
    }
    if (guide.mode() === 'plan') {
      answer = `I did not run ${code(command)}: the session was switched to plan mode.`;
      return { status: 'denied', output: 'The session was switched to plan mode.' };
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
      answer = `I could not run ${code(command)}: ${ended.problem}`;
      return { status: 'failed', output: ended.problem, exit_code: null };
    }
    const good = ended.exit_code === 0;
    const how = good
      ? 'ended well (exit code 0)'
      : ended.exit_code === null
        ? `was ended by the signal ${ended.signal}`
        : `ended with **exit code ${ended.exit_code}**`;
    answer = `${code(command)} ${how}.${kept.total === 0 ? ' It said nothing.' : ` Its last words:\n\n${fence(tail(kept.text))}`}`;
    return { status: good ? 'completed' : 'failed', output: kept.text, exit_code: ended.exit_code };
  });
  if (outcome.status === 'cancelled') throw new Stopped();
  await turn.say(answer);
  return outcome.status === 'completed';
}
