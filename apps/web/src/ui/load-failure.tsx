import { useTranslations } from 'use-intl'
import { reactTo } from '../lib/errors.ts'
import { Button } from './button.tsx'

interface LoadFailureProps {
  error: unknown
  isRetrying: boolean
  onRetry: () => void
}

/** In the place of what could not be loaded: why, and the way to try again where there is one. */
export function LoadFailure({ error, isRetrying, onRetry }: LoadFailureProps) {
  const t = useTranslations('common')
  const reaction = reactTo(error)
  const why = reaction.kind === 'not-found' ? 'notFound' : 'text' in reaction ? reaction.text : null
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-6 py-10 text-center text-sm">
      <p className="max-w-md">
        <strong className="block font-semibold">{t('error.loadFailed')}</strong>
        {why ? <span className="text-text-muted">{t(`error.${why}`)}</span> : null}
      </p>
      {why === 'forbidden' ? null : (
        <Button size="sm" isBusy={isRetrying} onClick={onRetry}>
          {t('action.retry')}
        </Button>
      )}
    </div>
  )
}
