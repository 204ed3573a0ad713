/** How much of something is done. @param label - says it in words. */
export function Progress({ percent, label }: { percent: number; label: string }) {
  return (
    <div
      className="goal-fraction"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      title={label}
    >
      <span style={{ inlineSize: `${percent}%` }} />
    </div>
  );
}
