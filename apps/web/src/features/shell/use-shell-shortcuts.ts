import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { setLocale } from '../../lib/i18n/store.ts'
import { type Shortcut, useShortcuts } from '../../lib/keyboard.ts'
import { useCan } from '../../lib/permissions.ts'
import { keepTheme, LOCALES, THEMES } from '../../lib/preferences.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { LANGUAGE_NAMES } from './language-names.ts'
import { openNavItems } from './nav-items.ts'
import { useSignOut } from './use-sign-out.tsx'

const THEME_LABELS = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const

/** The ways that lead everywhere, by key and in the command bar; `question` has to be rendered. */
export function useShellShortcuts(): { question: ReactNode } {
  const { leave, question } = useSignOut()
  useShortcuts([...useGoShortcuts(), ...useAccountCommands(leave)])
  return { question }
}

function useGoShortcuts(): Shortcut[] {
  const t = useTranslations('common')
  const navigate = useNavigate()
  const tenantKey = useTenantKey()
  const can = useCan()
  return openNavItems(can).map((item) => ({
    id: `go-${item.label}`,
    keys: item.keys,
    label: t(`nav.${item.label}`),
    group: t('shortcut.go'),
    run: () => void navigate({ to: item.to, params: { tenantKey } }),
  }))
}

function useAccountCommands(leave: () => void): Shortcut[] {
  const t = useTranslations('common')
  const locale = useLocale()
  const group = t('command.actions')
  const languages = LOCALES.filter((value) => value !== locale).map((value) => ({
    id: `language-${value}`,
    label: t('command.useLanguage', { language: LANGUAGE_NAMES[value] }),
    group,
    run: () => void setLocale(value),
  }))
  const themes = THEMES.map((theme) => ({
    id: `theme-${theme}`,
    label: t('command.useTheme', { theme: t(`account.${THEME_LABELS[theme]}`) }),
    group,
    run: () => keepTheme(theme),
  }))
  return [...languages, ...themes, { id: 'sign-out', label: t('action.signOut'), group, run: leave }]
}
