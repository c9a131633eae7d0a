import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useChanges } from '../../lib/changes.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { applyChange, type CustomerCache } from './customer-cache.ts'

export function useCustomerCache(): CustomerCache {
  const queryClient = useQueryClient()
  const trpc = useTrpc()
  return useMemo(() => ({ queryClient, trpc }), [queryClient, trpc])
}

/** Keeps customers up to date while the caller is on screen; what is loaded is asked for again after that. */
export function useLiveCustomers(): void {
  const cache = useCustomerCache()
  useChanges((change) => applyChange(cache, change))
  useEffect(() => {
    const { queryClient, trpc } = cache
    return () => void queryClient.invalidateQueries({ ...trpc.customer.pathFilter(), refetchType: 'none' })
  }, [cache])
}
