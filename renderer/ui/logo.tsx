/** The mark: a small ship under sail. */
export function Logo({ size }: { size: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 512 512" aria-hidden="true">
      <rect width="512" height="512" rx="118" className="logo-ground" />
      <g className="logo-ship">
        <path d="M276 98v156h120z" />
        <path d="M236 150v104h-88z" />
        <path d="M104 302h304c-18 58-76 92-152 92s-134-34-152-92z" />
      </g>
    </svg>
  );
}
