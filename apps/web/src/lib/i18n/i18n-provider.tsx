import { DirectionProvider } from '@base-ui/react/direction-provider'
import { type ReactNode, useSyncExternalStore } from 'react'
import { IntlProvider } from 'use-intl'
import { directionOf } from '../preferences.ts'
import { getI18n, subscribeI18n } from './store.ts'

const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

export function I18nProvider({ children }: { children: ReactNode }) {
  const { locale, messages } = useSyncExternalStore(subscribeI18n, getI18n)
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={TIME_ZONE}>
      <DirectionProvider direction={directionOf(locale)}>{children}</DirectionProvider>
    </IntlProvider>
  )
}
