/** Helpers of the catalogues, for one language each. */
export function wordsFor(language: string) {
  const format = new Intl.NumberFormat(language);
  const rules = new Intl.PluralRules(language);
  const number = (n: number): string => format.format(n);
  return {
    number,
    /** "1 message", "1,200 messages": the number and the word that suits it. */
    plural: (n: number, one: string, other: string): string =>
      `${number(n)} ${rules.select(n) === 'one' ? one : other}`,
  };
}
