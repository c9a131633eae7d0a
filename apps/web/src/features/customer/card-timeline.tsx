import type { Customer, TimelineItem } from '@sarai/api'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { CUSTOMER_NOTE_LENGTH_MAX } from '@sarai/api/customer/schema'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { listItems } from '../../lib/paged-list.ts'
import { useCan } from '../../lib/permissions.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { KeptFocus } from '../../ui/kept-focus.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { CardSection } from './card-section.tsx'
import { TimelineLine } from './timeline-line.tsx'
import { useCustomerCache } from './use-customer-cache.ts'

/** Notes for colleagues, and everything that happened, the latest first. */
export function CardTimeline({ customer, isPane }: { customer: Customer; isPane: boolean }) {
  const t = useTranslations('customer.timeline')
  const trpc = useTrpc()
  const mayWrite = useCan()('customer:update')
  const { data, isError, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    trpc.customer.timeline.infiniteQueryOptions(
      { customerId: customer.id },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  return (
    <CardSection id="customer-timeline" title={t('title')} isPane={isPane}>
      <KeptFocus>
        <div className="flex flex-col gap-3">
          {mayWrite ? <NoteForm customerId={customer.id} /> : null}
          {data ? <Lines items={listItems(data)} /> : isError ? null : <Skeleton className="h-20" />}
          {isError && !data ? (
            <p className="flex items-center gap-2 text-sm text-text-muted">
              {t('failed')}
              <Button size="sm" onClick={() => void refetch()}>
                {t('tryAgain')}
              </Button>
            </p>
          ) : null}
          {hasNextPage ? (
            <div>
              <Button
                size="sm"
                variant="ghost"
                isBusy={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                {t('more')}
              </Button>
            </div>
          ) : null}
        </div>
      </KeptFocus>
    </CardSection>
  )
}

function Lines({ items }: { items: readonly TimelineItem[] }) {
  return (
    <ol className="flex flex-col">
      {items.map((item) => (
        <TimelineLine key={item.id} item={item} />
      ))}
    </ol>
  )
}

/** What is typed stays until it is saved: a refusal costs no words. */
function NoteForm({ customerId }: { customerId: string }) {
  const t = useTranslations('customer.timeline')
  const trpc = useTrpc()
  const { queryClient } = useCustomerCache()
  const [body, setBody] = useState('')
  const add = useMutation(
    trpc.customer.note.add.mutationOptions({
      onSuccess: async () => {
        setBody('')
        await queryClient.invalidateQueries(trpc.customer.timeline.infiniteQueryFilter({ customerId }))
      },
    }),
  )
  function submit(event?: SubmitEvent): void {
    event?.preventDefault()
    if (body.trim() !== '' && !add.isPending) add.mutate({ customerId, body })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <TextArea
        label={t('note')}
        isLabelHidden
        placeholder={t('note')}
        rows={1}
        dir="auto"
        maxLength={CUSTOMER_NOTE_LENGTH_MAX}
        value={body}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          submit()
        }}
      />
      {body.trim() === '' ? null : (
        <div>
          <Button type="submit" size="sm" variant="primary" isBusy={add.isPending}>
            {t('addNote')}
          </Button>
        </div>
      )}
    </form>
  )
}
