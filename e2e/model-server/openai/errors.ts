import type { ErrorDetails } from '../scenario.ts';

/** https://platform.openai.com/docs/guides/error-codes */
const typeOfStatus: { [status: number]: string } = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_exceeded',
  500: 'server_error',
  503: 'server_is_overloaded',
};

/** The `error` of an HTTP error, and of a `response.failed` event inside a stream: the script's `type` is also its `code`. */
export function errorOf(
  status: number,
  details: ErrorDetails,
): { type: string; code: string | null; message: string; param: null } {
  const type = details.type ?? typeOfStatus[status] ?? 'server_error';
  return { type, code: details.type ?? null, message: details.message ?? `Scripted ${status}`, param: null };
}
