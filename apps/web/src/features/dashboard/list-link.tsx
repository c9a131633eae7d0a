import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useCan } from '../../lib/permissions.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import type { Metric } from './trend-metrics.ts'

interface Period {
  from: string
  to: string
}

interface ListLinkProps {
  children: ReactNode
  className?: string | undefined
}

const LINK_CLASS = 'rounded-sm underline-offset-2 hover:underline'

export interface ConversationsBehind {
  moment: 'created' | 'answered' | 'resolved' | 'active'
  period: Period
  assignee?: string
}

/** A number that opens the conversations it counts; just the number for who may not read them. */
export function ConversationsLink(props: ListLinkProps & { behind: ConversationsBehind }) {
  const { behind, children, className = LINK_CLASS } = props
  const tenantKey = useTenantKey()
  if (!useCan()('chat:read')) return children
  const { moment, period, assignee } = behind
  return (
    <Link
      to="/$tenantKey/chat"
      params={{ tenantKey }}
      search={{ status: 'any', moment, from: period.from, to: period.to, ...(assignee && { assignee }) }}
      className={className}
    >
      {children}
    </Link>
  )
}

/** What is open now and somebody's. */
export function OpenOfLink({ assignee, children }: ListLinkProps & { assignee: string }) {
  const tenantKey = useTenantKey()
  if (!useCan()('chat:read')) return children
  return (
    <Link to="/$tenantKey/chat" params={{ tenantKey }} search={{ assignee }} className={LINK_CLASS}>
      {children}
    </Link>
  )
}

/** Which moment of a conversation a count is of; customers have a list of their own. */
export const MOMENTS = {
  conversations: 'created',
  messages: 'active',
  resolved: 'resolved',
} as const satisfies Record<Exclude<Metric, 'newCustomers'>, ConversationsBehind['moment']>

/** The list behind a count of the trend: customers, or conversations by what happened to them. */
export function MetricLink(props: ListLinkProps & { metric: Metric; period: Period }) {
  const { metric, period, children, className = LINK_CLASS } = props
  const tenantKey = useTenantKey()
  const can = useCan()
  if (metric !== 'newCustomers') {
    return (
      <ConversationsLink behind={{ moment: MOMENTS[metric], period }} className={className}>
        {children}
      </ConversationsLink>
    )
  }
  if (!can('customer:read')) return children
  return (
    <Link
      to="/$tenantKey/customers"
      params={{ tenantKey }}
      search={{ from: period.from, to: period.to }}
      className={className}
    >
      {children}
    </Link>
  )
}
