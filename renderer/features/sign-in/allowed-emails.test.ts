import { describe, expect, it } from 'vitest';
import { readEmails, wrongEmail } from './allowed-emails.ts';

describe('the list of addresses', () => {
  it('is read however it was typed, each address once', () => {
    expect(readEmails(' ada@example.com,\nGrace@example.com;  ADA@example.com\n\n')).toEqual([
      'ADA@example.com',
      'Grace@example.com',
    ]);
    expect(readEmails('')).toEqual([]);
  });

  it('names what is no address', () => {
    expect(wrongEmail(['ada@example.com', 'grace'])).toBe('grace');
    expect(wrongEmail(['ada@example.com'])).toBeNull();
  });
});
