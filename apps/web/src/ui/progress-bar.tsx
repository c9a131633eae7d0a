interface ProgressBarProps {
  label: string
  /** How far, in words; left out: the share of a hundred. */
  text?: string
  done: number
  /** null: not known yet; the bar then only says that something goes on. */
  total: number | null
}

/** How far something has come. */
export function ProgressBar({ label, text, done, total }: ProgressBarProps) {
  const share = total === null ? undefined : total === 0 ? 0 : Math.min(1, done / total)
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      aria-valuetext={text}
      className="h-1.5 w-full overflow-hidden rounded-full bg-sunken"
    >
      <div
        className="h-full rounded-full bg-accent transition-[width] data-unknown:animate-pulse"
        data-unknown={share === undefined ? '' : undefined}
        style={{ width: `${(share ?? 0.3) * 100}%` }}
      />
    </div>
  )
}
