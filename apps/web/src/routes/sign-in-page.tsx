import { createLazyRoute, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Credentials, isDemo } from '../features/auth/demo-accounts.ts'
import { DemoHint } from '../features/auth/demo-hint.tsx'
import { SecondStepForm } from '../features/auth/second-step-form.tsx'
import { SignInForm } from '../features/auth/sign-in-form.tsx'
import { FrontPage } from '../features/shell/front-page.tsx'
import { Logo } from '../ui/logo.tsx'
import { PageHeading } from '../ui/page-heading.tsx'

export const Route = createLazyRoute('/sign-in')({ component: SignInPage })

function SignInPage() {
  const t = useTranslations('auth')
  const { returnTo = '/' } = Route.useSearch()
  const [credentials, setCredentials] = useState<Credentials>({ email: '', password: '' })
  const [challenge, setChallenge] = useState<string | null>(null)
  function enter(): Promise<void> {
    // Loaded afresh: what this page has in memory, unsent messages too, may belong to somebody else.
    location.replace(returnTo)
    // The form stays busy until the page has gone.
    return new Promise(() => {})
  }
  return (
    <FrontPage>
      <Logo className="mb-6 size-10" />
      <PageHeading title={t('signInTitle')} size="lg" />
      <p className="mt-0.5 mb-6 text-base text-text-muted">
        {t(challenge === null ? 'intro' : 'secondStep')}
      </p>
      {challenge === null ? (
        <SignInForm
          credentials={credentials}
          onChange={setCredentials}
          onSignedIn={enter}
          onSecondStep={setChallenge}
        />
      ) : (
        <SecondStepForm challenge={challenge} onSignedIn={enter} onBack={() => setChallenge(null)} />
      )}
      {challenge === null ? (
        <>
          <p className="mt-4 text-sm">
            <Link to="/sign-in/forgot" className="text-accent-text hover:underline">
              {t('forgot')}
            </Link>
          </p>
          <p className="mt-4 text-sm text-text-muted">{t('noAccount')}</p>
          {isDemo() ? (
            <div className="mt-6">
              <DemoHint onPick={setCredentials} />
            </div>
          ) : null}
        </>
      ) : null}
    </FrontPage>
  )
}
