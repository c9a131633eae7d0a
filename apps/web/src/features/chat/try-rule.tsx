import { type RuleCondition, RuleConditions } from '@sarai/api/rule/schema'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { OneLine } from '../../ui/one-line.tsx'

/** Matches that are shown by name. */
const SHOWN_MAX = 8

/** Of which of the last conversations the conditions hold now. Nothing is done. */
export function TryRule({ conditions }: { conditions: readonly RuleCondition[] }) {
  const t = useTranslations('rule')
  const trpc = useTrpc()
  const [tried, setTried] = useState<RuleCondition[] | null>(null)
  const { data, isFetching, isError } = useQuery(
    trpc.chat.rule.try.queryOptions(tried === null ? skipToken : { conditions: tried }, {
      staleTime: 0,
      meta: { errors: 'inline' },
    }),
  )
  const matches = data?.items.filter(({ isMet }) => isMet) ?? []
  const isCurrent = tried !== null && JSON.stringify(tried) === JSON.stringify(conditions)
  return (
    <div className="flex flex-col gap-2">
      <div>
        <Button
          size="sm"
          isBusy={isFetching}
          disabled={!RuleConditions.safeParse(conditions).success}
          onClick={() => setTried([...conditions])}
        >
          {t('try')}
        </Button>
      </div>
      {isError ? <p className="text-sm text-danger-text">{t('tryFailed')}</p> : null}
      {data && isCurrent && !isError ? (
        <div role="status" className="text-sm">
          <p>{t('tried', { count: matches.length, of: data.items.length })}</p>
          <ul className="text-text-muted">
            {matches.slice(0, SHOWN_MAX).map(({ conversation: { id, customerName, lastMessagePreview } }) => (
              <li key={id} className="flex min-w-0 gap-2">
                <bdi className="shrink-0 font-medium">{customerName}</bdi>
                <OneLine className="min-w-0 flex-1">{lastMessagePreview ?? ''}</OneLine>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}
