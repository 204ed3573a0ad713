import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { answerApproval, approvalCard, expectCommandToWait } from './steps/approval.ts';
import { asked, test } from './steps/claude.ts';
import { answerOf, expectEnded, expectRunning, send, sendAndWait, toolsOf, turnWith } from './steps/conversation.ts';
import { begin, run, say, script, stall, until, write } from './steps/script.ts';
import { openSession, startSession, startWith } from './steps/session.ts';
import { commandOf, processesMarked, waitGone } from './tools/process-tree.ts';

/** Stopping a turn of the real Claude Code. */

test('a text is stopped with Esc, what was said stays, and the session goes on', async ({
  app: { page },
  folder,
  model,
}) => {
  const turn = await startWith(page, script('Tell me all.', [begin('It began like this'), stall]), { folder });
  await expect(answerOf(turn)).toHaveText('It began like this');
  await page.keyboard.press('Escape');
  await expectEnded(turn, 'aborted');
  await expect(turn).toContainText('Stopped.');
  await expect(answerOf(turn)).toContainText('It began like this');
  // The model is not asked on behind the person's back.
  await expect.poll(() => asked(model).at(-1)?.outcome).toBe('client_closed');
  const next = await sendAndWait(page, script('Something else.', [say('Gladly.')]));
  await expect(answerOf(next)).toHaveText('Gladly.');
  expect(new Set(asked(model).map((request) => request.sessionId)).size).toBe(1);
});

test('a request that waits is withdrawn when the turn is stopped, and nothing was done', async ({
  app: { page },
  folder,
}) => {
  const file = join(folder, 'never.txt');
  const turn = await startWith(page, script('Write it.', [write(file, 'x')], [say('Done.')]), { folder });
  await expect(approvalCard(page)).toBeVisible();
  await page.getByTestId(testIds.stop).click();
  await expectEnded(turn, 'aborted');
  await expect(approvalCard(page)).toHaveCount(0);
  await expect(turn.getByTestId(testIds.approvalAnswer)).toContainText('Not answered');
  expect(existsSync(file)).toBe(false);
});

test.describe('a long command', () => {
  test.skip(process.platform === 'win32', 'signals and sessions of processes are those of Unix');

  test('is stopped with its whole process tree, and nothing else is', async ({
    app: { page },
    folder,
    model,
    marker,
  }) => {
    const bystander = spawn('perl', ['-e', 'sleep 600'], {
      env: { ...process.env, [marker.name]: marker.value },
      stdio: 'ignore',
    });
    try {
      const other = script('Stay.', [begin('Still here'), until('other may end'), say(' at the end.')]);
      const otherId = await startSession(page, { folder, message: other });
      await expect(answerOf(turnWith(page, other))).toHaveText('Still here');
      const before = processesMarked(`${marker.name}=${marker.value}`);

      // One child in the shell's own group, and one that left it: forked twice, a session of its own, deaf to SIGTERM.
      const runaway = `trap "" TERM HUP INT; echo $$ > runaway.pid; while :; do perl -e "sleep 1"; done`;
      const command = `(setsid bash -c '${runaway}' >/dev/null 2>&1 &); echo started; perl -e "sleep 60"`;
      await startSession(page, { folder });
      const turn = await send(page, script('Take long.', [run(command)], [say('Never said.')]));
      await expectCommandToWait(page, command);
      await answerApproval(page, 'once');
      await expect.poll(() => existsSync(join(folder, 'runaway.pid')) && pidIn(folder) > 0).toBe(true);
      const runawayPid = pidIn(folder);
      const started = () =>
        processesMarked(`${marker.name}=${marker.value}`).filter((pid) => !before.includes(pid) && isCommand(pid));
      expect(started()).toContain(runawayPid);
      expect(started().length).toBeGreaterThanOrEqual(3);
      await expectRunning(turn);
      await expect(toolsOf(turn)).toHaveAttribute('data-status', 'running');

      await page.getByTestId(testIds.stop).click();
      await expectEnded(turn, 'aborted');
      expect(started()).toEqual([]);
      await expect(toolsOf(turn)).toHaveAttribute('data-status', 'cancelled');

      const next = await sendAndWait(page, script('Go on.', [say('Here I am.')]));
      await expect(answerOf(next)).toHaveText('Here I am.');

      expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
      await openSession(page, otherId);
      await expectRunning(turnWith(page, other));
      model.open('other may end');
      await expectEnded(turnWith(page, other), 'completed');
      await expect(answerOf(turnWith(page, other))).toHaveText('Still here at the end.');
    } finally {
      bystander.kill('SIGKILL');
      await waitGone([bystander.pid ?? -1]);
    }
  });
});

const pidIn = (folder: string) => Number(readFileSync(join(folder, 'runaway.pid'), 'utf8'));

/** Of what the turn started, the commands; the CLI itself lives on, and a browser changes its processes as it likes. */
function isCommand(pid: number): boolean {
  const command = commandOf(pid);
  return command !== '' && !command.includes('stream-json') && !/chrom/.test(command);
}
