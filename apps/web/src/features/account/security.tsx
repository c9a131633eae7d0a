import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ChangePassword } from './change-password.tsx'
import { SessionList } from './session-list.tsx'
import { TwoFactor } from './two-factor.tsx'

/** A person's own way in: it is the same in every workspace. */
export function Security() {
  const t = useTranslations('account')
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-10 p-4 md:p-6">
      <Section title={t('password')} text={t('passwordText')}>
        <ChangePassword />
      </Section>
      <Section title={t('twoFactor')} text={t('twoFactorText')}>
        <TwoFactor />
      </Section>
      <Section title={t('sessions')} text={t('sessionsText')}>
        <SessionList />
      </Section>
    </div>
  )
}

function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="mb-3 text-sm text-text-muted">{text}</p>
      {children}
    </section>
  )
}
