/** Addresses as they are typed, one a line or with commas between, each once. */
export const readEmails = (text: string): string[] => [
  ...new Map(
    text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((email) => [email.toLowerCase(), email]),
  ).values(),
];

/** The first that cannot be one; null: all can. Main judges again. */
export const wrongEmail = (emails: readonly string[]): string | null =>
  emails.find((email) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) ?? null;
