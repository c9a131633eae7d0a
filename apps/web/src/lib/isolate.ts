export const FIRST_STRONG_ISOLATE = '\u2068'
export const POP_DIRECTIONAL_ISOLATE = '\u2069'

/**
 * A text that keeps its direction to itself wherever it stands: “?” stays at the end of its question, and "kB", which is
 * Latin in Urdu, too, does not change sides with its number. https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
 */
export function isolate(text: string): string {
  return FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE
}
