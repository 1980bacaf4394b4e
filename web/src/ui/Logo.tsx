interface LogoProps {
  size?: number;
}

/** The mark: a lit doorway with a play sign. */
export function Logo({ size = 28 }: LogoProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#1d1b18" />
      <path d="M9 26V14a7 7 0 0 1 14 0v12z" fill="#f2b13c" />
      <path
        d="M14 14.6v7.8a.7.7 0 0 0 1.07.6l6-3.9a.7.7 0 0 0 0-1.2l-6-3.9a.7.7 0 0 0-1.07.6z"
        fill="#1d1b18"
      />
    </svg>
  );
}
