/** Which rows of `imports` are conversations for people: those with something in them that are no part of another one and not led by this app. */
export const isListed = `items > 0 AND part = 0 AND NOT EXISTS (
  SELECT 1 FROM log_bindings b
  WHERE b.provider = imports.provider AND b.provider_session_id = imports.provider_session_id AND led = 1)`;
