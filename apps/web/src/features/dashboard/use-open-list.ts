import { useNavigate } from '@tanstack/react-router'
import { useCan } from '../../lib/permissions.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { MOMENTS } from './list-link.tsx'
import type { Metric } from './trend-metrics.ts'

/** Opens the list behind a bar; undefined for who may not see that list. */
export function useOpenList(metric: Metric): ((period: { from: string; to: string }) => void) | undefined {
  const navigate = useNavigate()
  const params = { tenantKey: useTenantKey() }
  const can = useCan()
  if (metric === 'newCustomers') {
    if (!can('customer:read')) return undefined
    return ({ from, to }) => void navigate({ to: '/$tenantKey/customers', params, search: { from, to } })
  }
  if (!can('chat:read')) return undefined
  const moment = MOMENTS[metric]
  return ({ from, to }) =>
    void navigate({ to: '/$tenantKey/chat', params, search: { status: 'any', moment, from, to } })
}
