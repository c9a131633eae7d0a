import { useQueries } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import type { FoundControlsProps } from './found-controls.tsx'
import {
  type AskedSearch,
  type FoundFilter,
  type FoundPart,
  listParts,
  toSearchInput,
  withoutPart,
} from './found-filter.ts'

interface FoundNothingProps extends Pick<FoundControlsProps, 'onFilterChange'> {
  asked: AskedSearch
}

/** What to take away so that there are some. */
interface Way {
  part: FoundPart | 'all'
  filter: FoundFilter
}

/** No message was found: whether there would be some without one of the filters, or without all of them. */
export function FoundNothing({ asked, onFilterChange }: FoundNothingProps) {
  const t = useTranslations('chat.found')
  const { ways, isPending } = useWays(asked)
  return (
    <div className="flex flex-col items-start gap-1 px-4 py-1">
      <p role="status" className="text-sm text-text-muted">
        {isPending ? t('lookingOn') : ways.length === 0 ? t('noMessage') : t('nothing')}
      </p>
      <ul className="flex flex-col gap-1">
        {ways.map(({ part, filter }) => (
          <li key={part} className="flex flex-wrap items-center gap-x-2 text-sm">
            <span>{t(`without.${part}`)}</span>
            <Button size="sm" onClick={() => onFilterChange(filter)}>
              {t(`widen.${part}`)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Each filter that alone is in the way; if none is, all of them together may be. */
function useWays(asked: FoundNothingProps['asked']): { ways: Way[]; isPending: boolean } {
  const trpc = useTrpc()
  const { filter, conversationId } = asked
  const parts = listParts(filter).filter((part) => part !== 'here' || conversationId !== undefined)
  const tries: Way[] = parts.map((part) => ({ part, filter: withoutPart(filter, part) }))
  if (parts.length > 1) tries.push({ part: 'all', filter: {} })
  const answers = useQueries({
    queries: tries.map((way) =>
      trpc.chat.message.search.queryOptions({ ...toSearchInput({ ...asked, filter: way.filter }), limit: 1 }),
    ),
  })
  // A page that ended in good time may be empty, and the next one not.
  const found = tries.filter((_, at) => {
    const page = answers[at]?.data
    return page !== undefined && (page.items.length > 0 || page.nextCursor !== null)
  })
  const alone = found.filter(({ part }) => part !== 'all')
  return {
    ways: alone.length > 0 ? alone : found,
    isPending: answers.some((answer) => answer.isPending),
  }
}
