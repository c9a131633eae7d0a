import type { Customer } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import UserRoundX from 'lucide-react/icons/user-round-x'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { findCustomer } from './customer-cache.ts'
import { CardTimeline } from './card-timeline.tsx'
import { CustomerCardHeader } from './customer-card-header.tsx'
import { CustomerConversations } from './customer-conversations.tsx'
import { CustomerDetails } from './customer-details.tsx'
import { DuplicateWarning } from './duplicate-warning.tsx'
import { EditCustomerSheet } from './edit-customer-sheet.tsx'
import { useCustomerCache, useLiveCustomers } from './use-customer-cache.ts'

export interface CustomerCardProps {
  customerId: string
  /** Beside a conversation: a part of that page, not a page of its own. */
  isPane?: boolean
}

/** Everything about one customer, and what can be done. */
export function CustomerCard({ customerId, isPane = false }: CustomerCardProps) {
  const trpc = useTrpc()
  const cache = useCustomerCache()
  const [edited, setEdited] = useState<Customer | null>(null)
  useLiveCustomers()
  const {
    data: customer,
    error,
    refetch,
  } = useQuery({
    ...trpc.customer.byId.queryOptions({ id: customerId }),
    placeholderData: () => findCustomer(cache, customerId),
  })
  if (!customer) {
    if (!error) return <CardSkeleton />
    return <CardFailure error={error} isPane={isPane} onRetry={() => void refetch()} />
  }
  if (customer.mergedInto !== null) return <MergedAway into={customer.mergedInto} isPane={isPane} />
  return (
    <article aria-labelledby="customer-name" className="flex flex-col gap-6 p-4 md:p-5">
      <CustomerCardHeader customer={customer} isPane={isPane} onEdit={() => setEdited(customer)} />
      <DuplicateWarning
        typed={customer.archivedAt === null ? reachableOf(customer) : {}}
        exceptId={customer.id}
      />
      <CustomerDetails customer={customer} isPane={isPane} />
      <CustomerConversations customer={customer} isPane={isPane} />
      <CardTimeline customer={customer} isPane={isPane} />
      {edited ? <EditCustomerSheet customer={edited} onClose={() => setEdited(null)} /> : null}
    </article>
  )
}

function reachableOf({ name, email, phone }: Customer) {
  return { name, email, phone }
}

/** The address leads to the customer that this one is part of by now; beside a conversation, that one is shown. */
function MergedAway({ into, isPane }: { into: string; isPane: boolean }) {
  const tenantKey = useTenantKey()
  if (isPane) return <CustomerCard key={into} customerId={into} isPane />
  const params = { tenantKey, customerId: into }
  return (
    <Navigate to="/$tenantKey/customers/$customerId" params={params} search={(search) => search} replace />
  )
}

function CardFailure({ error, isPane, onRetry }: { error: unknown; isPane: boolean; onRetry: () => void }) {
  const t = useTranslations('customer.card')
  const tc = useTranslations('common')
  const tenantKey = useTenantKey()
  const { kind } = reactTo(error)
  const isMissing = kind === 'not-found' || kind === 'fields'
  return (
    <div role="alert">
      <EmptyState
        icon={<UserRoundX />}
        heading={isPane ? 'h2' : 'h1'}
        title={isMissing ? t('notFound') : tc('error.loadFailed')}
        text={isMissing ? t('notFoundText') : null}
        action={
          isMissing ? (
            <Link to="/$tenantKey/customers" params={{ tenantKey }} className={buttonClass()}>
              {t('back')}
            </Link>
          ) : (
            <Button onClick={onRetry}>{tc('action.retry')}</Button>
          )
        }
      />
    </div>
  )
}

function CardSkeleton() {
  const t = useTranslations('common.status')
  return (
    <div aria-busy className="flex flex-col gap-4 p-5">
      <span className="sr-only">{t('loading')}</span>
      <div className="flex items-center gap-3">
        <Skeleton className="size-12 rounded-full" />
        <Skeleton className="h-5 w-40" />
      </div>
      <Skeleton className="h-28 w-full" />
      <Skeleton className="h-20 w-full" />
    </div>
  )
}
