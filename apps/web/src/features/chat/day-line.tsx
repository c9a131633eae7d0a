import { useFormat } from '../../lib/format.ts'

/** Between the messages of two days. */
export function DayLine({ date }: { date: string }) {
  const format = useFormat()
  return (
    <div
      role="listitem"
      className="flex items-center justify-center pt-6 pb-2 text-xs font-medium text-text-faint"
    >
      <time dateTime={date.slice(0, 10)}>{format.dayLabel(date)}</time>
    </div>
  )
}
