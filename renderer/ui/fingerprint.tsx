/** A fingerprint for comparing by eye: its groups stand apart, in two rows where there is no room for one. */
export function Fingerprint({ value, testId }: { value: string; testId?: string }) {
  const groups = value.split(/[\s-]+/);
  return (
    <output className="fingerprint" data-testid={testId} aria-label={groups.join(' ')}>
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups may be equal and never move
        <span key={at}>{group}</span>
      ))}
    </output>
  );
}
