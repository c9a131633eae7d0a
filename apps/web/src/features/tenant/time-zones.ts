import type { Locale } from '../../lib/preferences.ts'

/** Every zone that the browser knows, and the chosen one should it be another, by name. */
export function listTimeZones(chosen: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), chosen])].toSorted((one, other) =>
    one.localeCompare(other),
  )
}

export function toZoneLabel(timeZone: string): string {
  return timeZone.replaceAll('_', ' ')
}

/** Four hundred zones have two formats each: made when somebody looks, and once. */
const details = new Map<string, string>()

/** "GMT+5 · Pakistan Standard Time"; nothing for a zone that the server knows and this browser does not. */
export function describeZone(locale: Locale, timeZone: string): string {
  const key = `${locale} ${timeZone}`
  const known = details.get(key)
  if (known !== undefined) return known
  const made = [
    nameOf('en', { timeZone, timeZoneName: 'shortOffset' }),
    nameOf(locale, { timeZone, timeZoneName: 'long' }),
  ]
  const text = made.filter((part) => part !== '').join(' · ')
  details.set(key, text)
  return text
}

function nameOf(locale: Locale, options: Intl.DateTimeFormatOptions): string {
  try {
    const parts = new Intl.DateTimeFormat(locale, options).formatToParts(new Date())
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  } catch {
    return ''
  }
}

/** Whether what was typed is in the zone's name or, so that a country finds its zone, in its description. */
export function matchesZone(locale: Locale, timeZone: string, query: string): boolean {
  const words = toZoneLabel(query).toLowerCase().split(' ')
  const label = toZoneLabel(timeZone).toLowerCase()
  if (words.every((word) => label.includes(word))) return true
  const text = `${label} ${describeZone(locale, timeZone).toLowerCase()}`
  return words.every((word) => text.includes(word))
}

export function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
