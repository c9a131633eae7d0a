import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { listShortcuts, subscribeShortcuts } from '../../lib/keyboard.ts'
import { useCan } from '../../lib/permissions.ts'
import { globalTrpc, useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { useSettled } from '../../lib/use-settled.ts'
import { matchesText } from '../../lib/match-text.ts'

export interface Command {
  id: string
  label: string
  detail?: string
  keys?: string
  run: () => void
}

export interface CommandGroup {
  /** Its heading; Base UI knows groups by `value`. */
  value: string
  items: Command[]
}

const CUSTOMERS_SHOWN = 6
const CUSTOMER_QUERY_LENGTH_MIN = 2
const TYPING_PAUSE_MS = 150

/** What matches the query, group by group; empty groups are left out. */
export function useCommandGroups(query: string): { groups: CommandGroup[]; isSearching: boolean } {
  const t = useTranslations('common.command')
  const text = useDeferredValue(query.trim())
  const shortcuts = useSyncExternalStore(subscribeShortcuts, listShortcuts)
  const workspaces = useWorkspaceCommands()
  const { customers, isSearching } = useCustomerCommands(query.trim())
  const offered = shortcuts.filter(({ isKeyOnly, label }) => !isKeyOnly && matchesText(label, text))
  const byGroup = Object.entries(Object.groupBy(offered, ({ group }) => group))
  const groups = [
    ...byGroup.map(([value, items = []]) => ({ value, items })),
    { value: t('workspaces'), items: workspaces.filter(({ label }) => matchesText(label, text)) },
  ]
  // Who types a name means the customer; who types nothing wants to see where to go.
  groups.push({ value: t('customers'), items: customers })
  return { groups: groups.filter(({ items }) => items.length > 0), isSearching }
}

function useWorkspaceCommands(): Command[] {
  const navigate = useNavigate()
  const current = useTenantKey()
  const { data } = useQuery(globalTrpc.tenant.mine.queryOptions())
  const others = data?.items.filter(({ tenantKey }) => tenantKey !== current) ?? []
  return others.map(({ tenantKey, name }) => ({
    id: `workspace-${tenantKey}`,
    label: name,
    run: () => void navigate({ to: '/$tenantKey/dashboard', params: { tenantKey } }),
  }))
}

function useCustomerCommands(query: string): { customers: Command[]; isSearching: boolean } {
  const navigate = useNavigate()
  const tenantKey = useTenantKey()
  const trpc = useTrpc()
  const can = useCan()
  const search = useSettled(query, TYPING_PAUSE_MS)
  const isAsked = can('customer:read') && search.length >= CUSTOMER_QUERY_LENGTH_MIN
  const { data, isFetching } = useQuery({
    ...trpc.customer.list.queryOptions(isAsked ? { search, limit: CUSTOMERS_SHOWN } : skipToken),
    placeholderData: keepPreviousData,
  })
  const items = query.length >= CUSTOMER_QUERY_LENGTH_MIN ? (data?.items ?? []) : []
  const customers = items.map(({ id, name, company, email, phone }) => ({
    id: `customer-${id}`,
    label: name,
    detail: company ?? email ?? phone ?? '',
    run: () =>
      void navigate({ to: '/$tenantKey/customers/$customerId', params: { tenantKey, customerId: id } }),
  }))
  return { customers, isSearching: isFetching || search !== query }
}
