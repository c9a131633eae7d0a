import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Keyboard from 'lucide-react/icons/keyboard'
import LogOut from 'lucide-react/icons/log-out'
import ServerCog from 'lucide-react/icons/server-cog'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { setLocale } from '../../lib/i18n/store.ts'
import { keepTheme, LOCALES, readTheme, THEMES, type Theme } from '../../lib/preferences.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import type { LazyMenuContentProps } from '../../ui/lazy-menu.tsx'
import { MenuItem, MenuRadioGroup, MenuSeparator } from '../../ui/menu.tsx'
import { LANGUAGE_NAMES } from './language-names.ts'
import { useSignOut } from './use-sign-out.tsx'

const THEME_LABELS = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const

type AccountMenuProps = LazyMenuContentProps & { onOpenShortcuts?: (() => void) | undefined }

export function AccountMenu({ onOpenShortcuts, ...menu }: AccountMenuProps) {
  const t = useTranslations('common')
  const locale = useLocale()
  const navigate = useNavigate()
  const { leave, question } = useSignOut()
  const [theme, setTheme] = useState<Theme>(readTheme)
  const { data } = useQuery(globalTrpc.tenant.mine.queryOptions())
  return (
    <>
      <AnchoredMenu {...menu} align="end">
        <MenuRadioGroup
          label={t('account.language')}
          value={locale}
          options={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
          onChange={(next) => void setLocale(next)}
        />
        <MenuSeparator />
        <MenuRadioGroup
          label={t('account.theme')}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`account.${THEME_LABELS[value]}`) }))}
          onChange={(next) => {
            keepTheme(next)
            setTheme(next)
          }}
        />
        <MenuSeparator />
        {onOpenShortcuts ? (
          <MenuItem icon={<Keyboard aria-hidden />} keys="?" onSelect={onOpenShortcuts}>
            {t('account.shortcuts')}
          </MenuItem>
        ) : null}
        {data?.isOperator ? (
          <MenuItem
            icon={<ServerCog aria-hidden />}
            onSelect={() => void navigate({ to: '/operator/tenants' })}
          >
            {t('nav.operator')}
          </MenuItem>
        ) : null}
        <MenuItem icon={<LogOut aria-hidden className="flip-rtl" />} onSelect={leave}>
          {t('action.signOut')}
        </MenuItem>
      </AnchoredMenu>
      {question}
    </>
  )
}
