import type { ErrorDetails } from '../scenario.ts';

/** https://docs.claude.com/en/api/errors */
const typeOfStatus: { [status: number]: string } = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

export interface ErrorBody {
  type: 'error';
  error: { type: string; message: string };
  request_id: string;
}

/** The body of an error answer, and of the `error` event inside a stream. */
export function errorBody(status: number, details: ErrorDetails, requestId: string): ErrorBody {
  const type = details.type ?? typeOfStatus[status] ?? 'api_error';
  const message = details.message ?? `Scripted ${status}`;
  return { type: 'error', error: { type, message }, request_id: requestId };
}
