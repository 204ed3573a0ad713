import { z } from 'zod';
import { fromBase64url } from '../../crypto/base64url.ts';
import { jsonObject } from '../../crypto/bytes.ts';
import { proofBytes } from '../../crypto/device-proof.ts';
import { SessionId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';

const bytes = (length: number) =>
  z
    .string()
    .max(Math.ceil((length * 4) / 3))
    .transform((text, context) => {
      const decoded = fromBase64url(text);
      if (decoded?.length === length) return decoded;
      context.addIssue({ code: 'custom', message: `not ${length} bytes in base64url` });
      return z.NEVER;
    });

/** session_id -> last `seq` the client has. */
const attach = z
  .record(SessionId, z.number().int().nonnegative())
  .refine((sessions) => Object.keys(sessions).length <= limits.attachmentsPerConnection)
  .default({});

/** First frame inside the sealed channel: who the client is, and what it wants to follow at once. */
export const CredentialFrame = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('pairing'),
    code: z.string().min(1).max(64),
    device_pk: bytes(32),
    device_name: z.string().max(200).default(''),
    proof: bytes(proofBytes),
    attach,
  }),
  z.object({ kind: z.literal('device'), device_id: z.string().min(1).max(64), proof: bytes(proofBytes), attach }),
  z.object({ kind: z.literal('api_key'), key: z.string().min(1).max(200), attach }),
]);
export type CredentialFrame = z.infer<typeof CredentialFrame>;

/** @returns null when the text is no credential: not JSON, no kind that is known, a field that is wrong. */
export function readCredential(text: string): CredentialFrame | null {
  const said = jsonObject(text);
  const parsed = said && CredentialFrame.safeParse(said);
  return parsed?.success ? parsed.data : null;
}
