import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import {
  answerApproval,
  approvalCard,
  denyWithReason,
  expectChangedLines,
  expectChangeToWait,
  expectCommandToWait,
} from './steps/approval.ts';
import { asked, test } from './steps/claude.ts';
import { answerOf, expectEnded, expectRunning, send, sendAndWait, toolsOf } from './steps/conversation.ts';
import { begin, call, results, run, say, script, think, until, write } from './steps/script.ts';
import { openRow, startSession, startWith } from './steps/session.ts';

/** A conversation with the real Claude Code, whose model is scripted. */

test('text streams in as the model says it', async ({ app: { page }, folder, model }) => {
  const words = ['One ', 'word ', 'after ', 'the ', 'other.'];
  const said = words.flatMap((word, at) => [begin(word), until(`word ${at}`)]);
  const turn = await startWith(page, script('Speak slowly, please.', said), { folder });
  for (const [at] of words.entries()) {
    await expect(answerOf(turn)).toHaveText(
      words
        .slice(0, at + 1)
        .join('')
        .trim(),
    );
    await expectRunning(turn);
    await expect(openRow(page)).toHaveAttribute('data-status', 'running');
    model.open(`word ${at}`);
  }
  await expectEnded(turn, 'completed');
  await expect(answerOf(turn)).toHaveText(words.join(''));
  await expect(openRow(page)).toHaveAttribute('data-status', 'idle');
});

test('thinking is folded and can be opened', async ({ app: { page }, folder }) => {
  const turn = await startWith(page, script('Think first.', [think('Seven is prime.'), say('It is.')]), { folder });
  await expectEnded(turn, 'completed');
  const thinking = turn.getByTestId(testIds.reasoning);
  await expect(thinking).toContainText('Thought');
  await expect(thinking).not.toContainText('Seven is prime.');
  await thinking.getByRole('button').click();
  await expect(thinking).toContainText('Seven is prime.');
  await expect(answerOf(turn)).toHaveText('It is.');
});

test('a write that is allowed is on disk, one that is denied is not, and the agent is told', async ({
  app: { page },
  folder,
  model,
}) => {
  const poem = join(folder, 'poem.txt');
  const content = 'The sea, the sea,\n  "open" & <free>;\nañ €\n';
  const allowed = await startWith(page, script('Write a poem.', [write(poem, content)], [results]), { folder });
  await expectChangeToWait(page, poem, ['+The sea, the sea,', '+  "open" & <free>;', '+añ €']);
  await expect(openRow(page)).toHaveAttribute('data-status', 'waiting');
  await expect(toolsOf(allowed)).toHaveAttribute('data-status', 'waiting');
  expect(existsSync(poem)).toBe(false);
  await answerApproval(page, 'once');
  await expectEnded(allowed, 'completed');
  expect(readFileSync(poem, 'utf8')).toBe(content);
  await expect(toolsOf(allowed)).toHaveAttribute('data-status', 'completed');
  await expect(allowed.getByTestId(testIds.approvalAnswer)).toContainText('Allowed once by');

  const secret = join(folder, 'secret.txt');
  const denied = await send(page, script('Write a secret.', [write(secret, 'hidden')], [results]));
  await expectChangeToWait(page, secret, ['+hidden']);
  await denyWithReason(page, 'No secrets in this folder.');
  await expectEnded(denied, 'completed');
  expect(existsSync(secret)).toBe(false);
  await expect(toolsOf(denied)).toHaveAttribute('data-status', 'denied');
  await expect(answerOf(denied)).toContainText('No secrets in this folder.');
  expect(asked(model).at(-1)?.transcript?.turns.at(-1)).toMatchObject({
    results: [{ isError: true, text: expect.stringContaining('No secrets in this folder.') }],
  });
});

test('a command shows its output and exit code; "Allow for this session" counts for that command alone', async ({
  app: { page },
  folder,
}) => {
  const count = 'echo run >> runs.txt; wc -l < runs.txt';
  const first = await startWith(page, script('Count.', [run(count)], [say('Counted.')]), { folder });
  await expectCommandToWait(page, count);
  await answerApproval(page, 'session');
  await expectEnded(first, 'completed');
  await expect(first.getByTestId(testIds.toolOutput)).toHaveText('1');

  const again = await sendAndWait(page, script('Count again.', [run(count)], [say('Twice.')]));
  await expect(again.getByTestId(testIds.toolOutput)).toHaveText('2');
  await expect(again.getByTestId(testIds.approvalAnswer)).toHaveText('Allowed by a rule');

  const other = 'echo sorry >&2; exit 3';
  const different = await send(page, script('Fail.', [run(other)], [say('That failed.')]));
  await expectCommandToWait(page, other);
  await answerApproval(page, 'once');
  await expectEnded(different, 'completed');
  await expect(different.getByTestId(testIds.toolOutput)).toContainText('sorry');
  await expect(toolsOf(different)).toHaveAttribute('data-status', 'failed');
  await expect(toolsOf(different)).toContainText('exit 3');
  expect(readFileSync(join(folder, 'runs.txt'), 'utf8')).toBe('run\nrun\n');
});

test('an edit shows what changes, before and after', async ({ app: { page }, folder }) => {
  const file = join(folder, 'colours.txt');
  writeFileSync(file, 'red\ngreen\nblue\n');
  const edit = call('Edit', { file_path: file, old_string: 'green\n', new_string: 'teal\nlime\n' });
  const turn = await startWith(
    page,
    script('Change green.', [call('Read', { file_path: file })], [edit], [say('Changed.')]),
    { folder },
  );
  await expectChangeToWait(page, file, ['-green', '+teal', '+lime']);
  await answerApproval(page, 'once');
  await expectEnded(turn, 'completed');
  expect(readFileSync(file, 'utf8')).toBe('red\nteal\nlime\nblue\n');
  const card = toolsOf(turn).and(page.locator('[data-kind="edit"]'));
  await expect(card).toContainText('colours.txt');
  await expect(card.locator('.diff-counts')).toHaveText('+2−1');
  await expectChangedLines(card.getByTestId(testIds.diff), ['-green', '+teal', '+lime']);
  await expect(toolsOf(turn).and(page.locator('[data-kind="read"]'))).toHaveAttribute('data-status', 'completed');
});

test('questions of the agent are answered in place', async ({ app: { page }, folder }) => {
  const questions = [
    {
      question: 'Which flavour?',
      header: 'Flavour',
      multiSelect: false,
      options: [
        { label: 'Vanilla', description: 'Plain' },
        { label: 'Pistachio', description: 'Green' },
      ],
    },
  ];
  const turn = await startWith(page, script('Ask me.', [call('AskUserQuestion', { questions })], [results]), {
    folder,
  });
  const card = page.getByTestId(testIds.questionCard);
  await expect(card).toContainText('Which flavour?');
  await expect(card.getByTestId(testIds.questionSubmit)).toBeDisabled();
  await card.getByText('Pistachio').click();
  await card.getByTestId(testIds.questionSubmit).click();
  await expectEnded(turn, 'completed');
  await expect(card).toHaveCount(0);
  await expect(answerOf(turn)).toContainText('"Which flavour?"="Pistachio"');
});

test('an error of the provider is a card that says what to do, and the conversation goes on', async ({
  app: { page },
  folder,
}) => {
  const turn = await startWith(page, '[[error: 401]]', { folder });
  await expectEnded(turn, 'failed');
  const card = turn.getByTestId(testIds.errorCard);
  await expect(card).toHaveAttribute('data-code', 'provider_not_signed_in');
  await expect(card.getByTestId(testIds.retry)).toBeVisible();
  await expect(openRow(page)).toHaveAttribute('data-status', 'failed');
  const next = await sendAndWait(page, script('And now?', [say('Better.')]));
  await expect(answerOf(next)).toHaveText('Better.');
});

test('a folder that does not exist is refused in the form, and nothing that was typed is lost', async ({
  app: { page },
  folder,
}) => {
  await page.getByTestId(testIds.newSession).click();
  await page.getByTestId(testIds.folderInput).fill(join(folder, 'nowhere'));
  await page.getByTestId(testIds.providerOption('claude')).click();
  const message = script('Still here?', [say('Yes.')]);
  await page.getByTestId(testIds.firstMessage).fill(message);
  await page.getByTestId(testIds.startSession).click();
  await expect(page.getByTestId(testIds.folderError)).toContainText('nowhere');
  await expect(page.getByTestId(testIds.firstMessage)).toHaveValue(message);
  await page.getByTestId(testIds.folderInput).fill(folder);
  await page.getByTestId(testIds.startSession).click();
  await expect(page.getByTestId(testIds.assistantText)).toHaveText('Yes.');
});

test('requests that wait side by side are answered one by one', async ({ app: { page }, folder }) => {
  const [one, two] = [join(folder, 'one.txt'), join(folder, 'two.txt')];
  await startSession(page, { folder });
  const turn = await send(page, script('Both.', [write(one, '1'), write(two, '2')], [say('Done both.')]));
  await expect(approvalCard(page)).toHaveCount(1);
  await answerApproval(page, 'once');
  await expect(approvalCard(page)).toHaveCount(1);
  await answerApproval(page, 'deny');
  await expectEnded(turn, 'completed');
  expect([existsSync(one), existsSync(two)].filter(Boolean)).toHaveLength(1);
});

test('what was said far above is not made anew while the agent goes on, and is there when it is looked for', async ({
  app: { page },
  folder,
  model,
}) => {
  const paragraph = (at: number) => `Paragraph ${at} begins. ${'It says what there is to say. '.repeat(60)}\n\n`;
  const said = Array.from({ length: 8 }, (_, at) => [begin(paragraph(at + 1)), until(`paragraph ${at + 1}`)]).flat();
  await startWith(page, script('Say a lot.', said), { folder });
  const scroller = page.locator('.transcript-scroller');
  const saidAt = (at: number) => page.getByTestId(testIds.assistantText).getByText(`Paragraph ${at} begins.`);
  // A row that comes to the virtual list as room alone, and how often one with words came to it.
  await scroller.evaluate((box) => {
    const seen = { rooms: 0, made: 0 };
    Object.assign(window, { seen });
    const list = box.querySelector('.transcript')!.firstElementChild!;
    new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        const answers = node instanceof Element ? [...node.querySelectorAll('.assistant-text')] : [];
        if (answers.length > 0) seen.made += 1;
        else if (node instanceof Element && node.querySelector('[style*="block-size"]')) seen.rooms += 1;
      }
    }).observe(list, { childList: true, subtree: true });
  });
  for (let at = 1; at <= 8; at += 1) {
    await expect(saidAt(at)).toBeInViewport();
    if (at < 8) model.open(`paragraph ${at}`);
  }
  const { rooms, made } = await page.evaluate(() => (window as unknown as { seen: Record<string, number> }).seen);
  expect(rooms).toBeGreaterThan(0);
  expect(made).toBe(0);
  await expect(saidAt(1)).toHaveCount(0);
  const heightOf = () => scroller.evaluate((box) => box.querySelector('.transcript > *')!.scrollHeight);
  const before = await heightOf();
  await scroller.hover();
  await expect(async () => {
    await page.mouse.wheel(0, -1_500);
    await expect(saidAt(1)).toBeInViewport({ timeout: 200 });
  }).toPass({ timeout: 20_000 });
  // The room that was kept for it is the room that it takes.
  expect(Math.abs((await heightOf()) - before)).toBeLessThanOrEqual(2);
  model.open('paragraph 8');
});
