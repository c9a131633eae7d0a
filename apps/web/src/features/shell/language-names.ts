import type { Locale } from '../../lib/preferences.ts'

/** Each in its own language, so that whoever needs it can read it. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', ur: 'اردو' }
