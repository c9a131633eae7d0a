import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useTenantKey } from '../../lib/trpc.ts'
import { buttonClass } from '../../ui/button.tsx'

export function BackToList() {
  const t = useTranslations('chat.empty')
  const tenantKey = useTenantKey()
  return (
    <Link to="/$tenantKey/chat" params={{ tenantKey }} search={(search) => search} className={buttonClass()}>
      {t('backToList')}
    </Link>
  )
}
