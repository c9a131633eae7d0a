import type { AuditLine } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { isKnownDetail, listChanges } from './list-changes.ts'
import { useValueName } from './use-value-name.ts'

/** What was before and what came instead; of customers the names of fields alone. */
export function AuditChanges({ before, after }: Pick<AuditLine, 'before' | 'after'>) {
  const t = useTranslations('audit')
  const changes = listChanges({ before, after })
  const nameOf = useValueName()
  if (changes.length === 0) return null
  return (
    <ul className="text-xs text-text-muted">
      {changes.map(({ key, from, to }) => (
        <li key={key} className="wrap-anywhere">
          {isKnownDetail(key) ? t(`detail.${key}`) : <bdi>{key}</bdi>}
          {t('colon')}{' '}
          {from === undefined ? null : <del className="text-text-faint">{nameOf(key, from)}</del>}
          {from === undefined || to === undefined ? null : (
            <>
              <span aria-hidden className="flip-rtl mx-1 inline-block">
                →
              </span>
              <span className="sr-only">{t('became')}</span>
            </>
          )}
          {to === undefined ? null : <ins className="no-underline">{nameOf(key, to)}</ins>}
        </li>
      ))}
    </ul>
  )
}
