import { expect, it } from 'vitest';
import type { Problem } from '../../main/protocol/errors.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import { Client } from './client.ts';
import { TestBridge } from './client-test-support.ts';
import { digestDrafts, saveDigestDraft, setDigestDraft } from './digest-drafts.ts';

const problem: Problem = { code: 'internal', message: 'The disk is full.' };

/** Saves "mine"; `answer` answers the command. */
function saving(sessionId: SessionId): { draft: () => string | undefined; answer: (ok: boolean) => Promise<void> } {
  const bridge = new TestBridge();
  const client = new Client({ bridge, schedule: () => () => {} });
  client.start();
  bridge.open();
  setDigestDraft(sessionId, 'mine');
  const saved = saveDigestDraft(client, sessionId);
  const { command_id } = bridge.of('set_digest')[0]!;
  const answer = async (ok: boolean): Promise<void> => {
    const said = ok ? ({ ok, result: {} } as const) : ({ ok, error: problem } as const);
    bridge.receive({ type: 'response', command_id, ...said });
    await saved;
  };
  return { draft: () => digestDrafts.getState()[sessionId], answer };
}

it('gives back what a person wrote into a digest when it could not be saved', async () => {
  const { draft, answer } = saving('ses_drafts00001' as SessionId);
  await answer(false);
  expect(draft()).toBe('mine');
});

it('keeps what was written since, and nothing of what was saved', async () => {
  const sessionId = 'ses_drafts00002' as SessionId;
  const refused = saving(sessionId);
  setDigestDraft(sessionId, 'newer');
  await refused.answer(false);
  expect(refused.draft()).toBe('newer');
  const saved = saving('ses_drafts00003' as SessionId);
  await saved.answer(true);
  expect(saved.draft()).toBeUndefined();
});
