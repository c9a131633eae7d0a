import { useTranslations } from 'use-intl'
import { type Credentials, DEMO_EMAILS, DEMO_PASSWORD } from './demo-accounts.ts'

/** Fills the form in with one of the demonstration's people. */
export function DemoHint({ onPick }: { onPick: (credentials: Credentials) => void }) {
  const t = useTranslations('auth')
  return (
    <section className="rounded-lg border border-line bg-surface p-4 shadow-card">
      <h2 className="text-sm font-semibold">{t('demo')}</h2>
      <p className="mt-0.5 text-sm text-text-muted">
        {t.rich('demoText', {
          password: () => (
            <code
              dir="ltr"
              className="rounded-sm bg-sunken px-1 font-mono text-xs whitespace-nowrap text-text"
            >
              {DEMO_PASSWORD}
            </code>
          ),
        })}
      </p>
      <ul className="mt-3 grid grid-cols-1 gap-1 sm:grid-cols-2">
        {DEMO_EMAILS.map((email) => (
          <li key={email}>
            <button
              type="button"
              dir="ltr"
              onClick={() => onPick({ email, password: DEMO_PASSWORD })}
              className="min-h-7 w-full truncate rounded-md px-2 py-1 text-start text-sm text-accent-text transition-colors hover:bg-accent-soft"
            >
              {email}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
