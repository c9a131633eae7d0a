import { createLazyRoute, Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { ForgotForm } from '../features/auth/forgot-form.tsx'
import { FrontPage } from '../features/shell/front-page.tsx'
import { Logo } from '../ui/logo.tsx'
import { PageHeading } from '../ui/page-heading.tsx'

export const Route = createLazyRoute('/sign-in/forgot')({ component: ForgotPage })

function ForgotPage() {
  const t = useTranslations('auth')
  return (
    <FrontPage>
      <Logo className="mb-6 size-10" />
      <PageHeading title={t('forgotTitle')} size="lg" />
      <p className="mt-0.5 mb-6 text-base text-text-muted">{t('forgotText')}</p>
      <ForgotForm />
      <p className="mt-6 text-sm">
        <Link to="/sign-in" className="text-accent-text hover:underline">
          {t('backToSignIn')}
        </Link>
      </p>
    </FrontPage>
  )
}
