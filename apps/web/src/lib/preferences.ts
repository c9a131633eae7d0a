/** What a person chose on this device. public/first-paint.js reads the same keys before the first paint. */
export const LOCALES = ['en', 'ur'] as const
export type Locale = (typeof LOCALES)[number]

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const LOCALE_KEY = 'sarai.locale'
export const THEME_KEY = 'sarai.theme'

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ur' ? 'rtl' : 'ltr'
}

/** null: nobody has chosen on this device. */
export function readChosenLocale(): Locale | null {
  const stored = readStored(LOCALE_KEY)
  return stored === 'en' || stored === 'ur' ? stored : null
}

export function readLocale(): Locale {
  return readChosenLocale() ?? readBrowserLocale()
}

function readBrowserLocale(): Locale {
  return /^ur\b/i.test(navigator.language) ? 'ur' : 'en'
}

export function applyLocale(locale: Locale): void {
  document.documentElement.lang = locale
  document.documentElement.dir = directionOf(locale)
}

export function keepLocale(locale: Locale): void {
  applyLocale(locale)
  writeStored(LOCALE_KEY, locale)
}

export function readTheme(): Theme {
  const stored = readStored(THEME_KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

export function keepTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  writeStored(THEME_KEY, theme)
}

/** Storage may be switched off or full; a preference is never worth an error. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

export function writeStored(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // The choice lasts until the page is closed.
  }
}
