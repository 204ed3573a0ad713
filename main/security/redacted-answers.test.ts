import { expect, it } from 'vitest';
import { refuseQuery } from '../orchestrator/connection.ts';
import type { QueryHandlers } from '../orchestrator/ports.ts';
import { createKnownSecrets } from './known-secrets.ts';
import { ownerPrincipal } from './principal.ts';
import { redactedAnswers } from './redacted-answers.ts';

it('no answer to a query has a known secret in it, a refusal neither', async () => {
  const secrets = createKnownSecrets();
  const handlers = redactedAnswers(secrets, {
    status: () => ({ text: 'has canary-key-1' }),
    doctor: async () => refuseQuery({ code: 'internal', message: 'no canary-key-1' }),
  } as unknown as QueryHandlers);
  secrets.add('canary-key-1');
  const owner = ownerPrincipal('cli');
  expect(await handlers.status({} as never, owner)).toEqual({ text: 'has [redacted]' });
  expect(await handlers.doctor({} as never, owner)).toEqual({
    refused: true,
    problem: { code: 'internal', message: 'no [redacted]' },
  });
});
