import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Applies a change to what one query has loaded. A fetch that is under way may bring an answer from before
 * the change, so it is applied again to what arrives: `update` must do nothing the second time.
 * What waits to be asked for again keeps waiting, with its age: a change is not a fresh answer.
 */
export function updateCache<Data>(
  queryClient: QueryClient,
  queryKey: QueryKey,
  update: (data: Data) => Data,
): void {
  const query = queryClient.getQueryCache().find({ queryKey, exact: true })
  if (!query) return
  function apply(): void {
    if (!query || query.state.data === undefined) return
    const { isInvalidated, dataUpdatedAt } = query.state
    queryClient.setQueryData<Data>(queryKey, (data) => (data === undefined ? data : update(data)), {
      updatedAt: dataUpdatedAt,
    })
    if (isInvalidated) query.invalidate()
  }
  apply()
  if (query.state.fetchStatus === 'idle') return
  // A turn later: the answer is put into the cache by whoever waits for the same promise.
  void query.promise?.then(() => setTimeout(apply)).catch(() => undefined)
}
