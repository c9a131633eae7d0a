import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ResetForm } from '../features/auth/reset-form.tsx'
import { FrontPage } from '../features/shell/front-page.tsx'
import { takeHashToken } from '../lib/hash-token.ts'
import { showToast } from '../lib/toast.ts'
import { Logo } from '../ui/logo.tsx'
import { PageHeading } from '../ui/page-heading.tsx'

export const Route = createLazyRoute('/sign-in/reset-password')({ component: ResetPasswordPage })

function ResetPasswordPage() {
  const t = useTranslations('auth')
  const navigate = useNavigate()
  const [token] = useState(takeHashToken)
  function done(): void {
    showToast({ id: 'password-reset', tone: 'success', title: t('passwordSet') })
    void navigate({ to: '/sign-in', replace: true })
  }
  return (
    <FrontPage>
      <Logo className="mb-6 size-10" />
      <PageHeading title={t('resetTitle')} size="lg" />
      <p className="mt-0.5 mb-6 text-base text-text-muted">{t('resetText')}</p>
      <ResetForm token={token} onDone={done} />
      <p className="mt-6 text-sm">
        <Link to="/sign-in/forgot" className="text-accent-text hover:underline">
          {t('askForLink')}
        </Link>
      </p>
    </FrontPage>
  )
}
