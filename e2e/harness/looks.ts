/** Each language, direction, colour scheme and width once. */
export const LOOKS = [
  { locale: 'en', colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { locale: 'ur', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const
