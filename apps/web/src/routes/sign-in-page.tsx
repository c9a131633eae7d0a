import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Page } from '../ui/page.tsx'

export const Route = createLazyRoute('/sign-in')({ component: SignInPage })

function SignInPage() {
  const t = useTranslations('common')
  return <Page title={t('app')}>{null}</Page>
}
