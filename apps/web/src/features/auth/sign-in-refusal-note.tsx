import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import type { SignInOutcome } from '../../lib/session.ts'

/** Stands above the form until something is changed; read out when it appears. */
export function SignInRefusalNote({ outcome }: { outcome: SignInOutcome | null }) {
  const t = useTranslations('auth')
  const format = useFormat()
  const refusal = outcome?.kind === 'refused' ? outcome : null
  return (
    <p
      role="alert"
      className={refusal ? 'rounded-md bg-danger-soft px-3 py-2 text-sm text-danger-text' : 'sr-only'}
    >
      {refusal
        ? t(refusal.why, {
            wait: format.duration(Math.max(60_000, Math.ceil((refusal.retryAfterMs ?? 0) / 60_000) * 60_000)),
          })
        : null}
    </p>
  )
}
