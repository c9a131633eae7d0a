import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import { describe, expect, test } from 'vitest'
import { updateCache } from './update-cache.ts'

const KEY = ['numbers']
const addThree = (numbers: number[]) => (numbers.includes(3) ? numbers : [...numbers, 3])
const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('updateCache', () => {
  test('a change during the first fetch is not lost to its older answer', async () => {
    const queryClient = new QueryClient()
    const answer = Promise.withResolvers<number[]>()
    const fetched = queryClient.query({ queryKey: KEY, queryFn: () => answer.promise })
    updateCache(queryClient, KEY, addThree)
    answer.resolve([1, 2])
    await fetched
    await turn()
    expect(queryClient.getQueryData(KEY)).toEqual([1, 2, 3])
  })

  test('a change during a refresh shows at once, and is still there after it', async () => {
    const queryClient = new QueryClient()
    queryClient.setQueryData(KEY, [1])
    const answer = Promise.withResolvers<number[]>()
    const fetched = queryClient.query({ queryKey: KEY, queryFn: () => answer.promise })
    updateCache(queryClient, KEY, addThree)
    expect(queryClient.getQueryData(KEY)).toEqual([1, 3])
    answer.resolve([1, 2])
    await fetched
    await turn()
    expect(queryClient.getQueryData(KEY)).toEqual([1, 2, 3])
  })

  test('what waits to be asked for again is still asked for after a change', async () => {
    const queryClient = new QueryClient()
    queryClient.setQueryData(KEY, [1], { updatedAt: 1000 })
    await queryClient.invalidateQueries({ queryKey: KEY, refetchType: 'none' })
    updateCache(queryClient, KEY, addThree)
    expect(queryClient.getQueryState(KEY)).toMatchObject({
      isInvalidated: true,
      dataUpdatedAt: 1000,
      data: [1, 3],
    })
  })

  test('a page that was on its way when a change came does not bring the list of before', async () => {
    const queryClient = new QueryClient()
    const second = Promise.withResolvers<number[]>()
    const observer = new InfiniteQueryObserver(queryClient, {
      queryKey: KEY,
      initialPageParam: 0,
      queryFn: ({ pageParam }) => (pageParam === 0 ? [1] : second.promise),
      getNextPageParam: (_last, all) => (all.length < 2 ? all.length : null),
    })
    const stop = observer.subscribe(() => undefined)
    await turn()
    const fetched = observer.fetchNextPage()
    updateCache<{ pages: number[][]; pageParams: number[] }>(queryClient, KEY, (list) => ({
      ...list,
      pages: list.pages.map((page, index) => (index === 0 ? addThree(page) : page)),
    }))
    second.resolve([2])
    await fetched
    await turn()
    expect(queryClient.getQueryData(KEY)).toMatchObject({ pages: [[1, 3], [2]] })
    stop()
  })
})
