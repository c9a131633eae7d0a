import type { AppRouter } from '@sarai/api'
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { createContext, useContext } from 'react'
import { queryClient } from './query-client.ts'
import { send } from './send.ts'
import { watchAnswers } from './watch-answers.ts'
import { withoutDirection } from './without-direction.ts'

/** Longer URLs are cut by proxies; tRPC starts another batch instead. */
const URL_LENGTH_MAX = 2_000
const BATCH_ITEMS_MAX = 20

/** `queryOptions(input, APART)`: a request of its own. A batch answers when its slowest call has; this does not wait. */
export const APART = { trpc: { context: { isApart: true } } } as const

function createClient(url: string) {
  return createTRPCClient<AppRouter>({
    links: [
      watchAnswers,
      withoutDirection,
      splitLink({
        condition: (operation) => operation.context['isApart'] === true,
        true: httpLink({ url, fetch: send }),
        false: httpBatchLink({ url, fetch: send, maxURLLength: URL_LENGTH_MAX, maxItems: BATCH_ITEMS_MAX }),
      }),
    ],
  })
}

function createProxy(url: string, keyPrefix: string) {
  const client = createClient(url)
  // The prefix keeps the caches of two tenants apart: the same procedure, another room.
  const trpc = createTRPCOptionsProxy<AppRouter, { keyPrefix: true }>({ client, queryClient, keyPrefix })
  return { client, trpc }
}

export type Trpc = ReturnType<typeof createProxy>['trpc']

/** Procedures that belong to no tenant. */
export const { client: globalClient, trpc: globalTrpc } = createProxy('/trpc', 'global')

const tenants = new Map<string, ReturnType<typeof createProxy>>()

/** Procedures of one tenant; the same client and cache each time. */
export function tenantApi(tenantKey: string): ReturnType<typeof createProxy> {
  let api = tenants.get(tenantKey)
  if (!api) {
    api = createProxy(`/t/${tenantKey}/trpc`, tenantKey)
    tenants.set(tenantKey, api)
  }
  return api
}

const TenantKeyContext = createContext<string | null>(null)
export const TenantKeyProvider = TenantKeyContext.Provider

/** The open workspace's key. Only below the tenant layout. */
export function useTenantKey(): string {
  const tenantKey = useContext(TenantKeyContext)
  if (tenantKey === null) throw new Error('useTenantKey outside a tenant route')
  return tenantKey
}

/** `const trpc = useTrpc()`, then `useQuery(trpc.customer.list.queryOptions(input))`. */
export function useTrpc(): Trpc {
  return tenantApi(useTenantKey()).trpc
}
