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
  /** What it opens, where its text alone does not say so. */
  title?: string | undefined
}

const LINK_CLASS = 'rounded-sm underline-offset-2 hover:underline'

export interface ConversationsBehind {
  moment: 'created' | 'answered' | 'resolved' | 'active' | 'asked'
  period: Period
  assignee?: string
  /** Only those that waited longer for it. */
  longerThanSeconds?: number
  /** Only in this hour of each week. */
  weekly?: { weekday: number; hour: number; timeZone: string }
}

function toSearch({ moment, period, assignee, longerThanSeconds, weekly }: ConversationsBehind) {
  return {
    status: 'any',
    moment,
    from: period.from,
    to: period.to,
    ...(assignee && { assignee }),
    ...(longerThanSeconds !== undefined && { longer: longerThanSeconds }),
    ...(weekly && { weekly: `${weekly.weekday}-${weekly.hour}-${weekly.timeZone}` }),
  } as const
}

/** A number that opens the conversations it counts; just the number for who may not read them. */
export function ConversationsLink(props: ListLinkProps & { behind: ConversationsBehind; tabIndex?: number }) {
  const { behind, children, className = LINK_CLASS, title, tabIndex } = props
  const tenantKey = useTenantKey()
  if (!useCan()('chat:read')) return children
  return (
    <Link
      to="/$tenantKey/chat"
      params={{ tenantKey }}
      search={toSearch(behind)}
      className={className}
      title={title}
      tabIndex={tabIndex}
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
