/** That of whoever sits at this screen. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** What the clocks of a time zone show at an instant, to the minute, in the fields of UTC. */
export function toWall(at: Date, timeZone: string): Date {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const field = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return new Date(Date.UTC(field('year'), field('month') - 1, field('day'), field('hour'), field('minute')))
}

/** The instant at which they show it. Of an hour that is skipped in spring, one later. */
export function fromWall(wall: Date, timeZone: string): Date {
  const offsetAt = (at: number) => toWall(new Date(at), timeZone).getTime() - at
  const guess = wall.getTime() - offsetAt(wall.getTime())
  return new Date(wall.getTime() - offsetAt(guess))
}
