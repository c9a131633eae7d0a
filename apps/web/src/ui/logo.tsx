/** The gate of a sarai. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M8 25V15.5C8 11 11.6 8.4 16 6c4.4 2.4 8 5 8 9.5V25h-4.5v-7.5c0-2.2-1.500-3.600-3.500-4.700-2 1.100-3.500 2.500-3.500 4.700V25Z"
        className="fill-on-accent"
      />
    </svg>
  )
}
