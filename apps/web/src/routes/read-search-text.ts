const SEARCH_LENGTH_MAX = 100

/** What an address says to search for. The address bar's JSON makes a number of a search for digits. */
export function readSearchText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value).slice(0, SEARCH_LENGTH_MAX)
    : ''
}
