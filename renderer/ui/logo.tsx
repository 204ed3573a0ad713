/** The mark: a deck seen from above, its rail, and the wake behind it. */
export function Logo({ size }: { size: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="logo-ground" />
      <path d="M7 19.5c3.2 2.6 14.8 2.6 18 0" className="logo-line" />
      <path d="M9.5 24c2.6 1.7 10.4 1.7 13 0" className="logo-line logo-faint" />
      <path d="M16 6.5v9.4M16 8l6.2 6.6H16M16 10.2l-4.6 4.6H16" className="logo-sail" />
    </svg>
  );
}
