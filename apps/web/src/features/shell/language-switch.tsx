import { useLocale } from 'use-intl'
import { setLocale } from '../../lib/i18n/store.ts'
import { LOCALES } from '../../lib/preferences.ts'
import { buttonClass } from '../../ui/button.tsx'
import { LANGUAGE_NAMES } from './language-names.ts'

/** Offers the other language, named in itself. */
export function LanguageSwitch() {
  const locale = useLocale()
  return LOCALES.filter((other) => other !== locale).map((other) => (
    <button
      key={other}
      type="button"
      lang={other}
      onClick={() => void setLocale(other)}
      className={buttonClass('ghost')}
    >
      {LANGUAGE_NAMES[other]}
    </button>
  ))
}
