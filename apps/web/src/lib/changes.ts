import type { NumberedChange } from '@sarai/api'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { retryDelayMs } from './errors.ts'
import { queryClient } from './query-client.ts'
import { type Trpc, tenantApi } from './trpc.ts'

/** `live`: everything others do arrives. `connecting`: what is on screen may be behind. */
export type Connection = 'connecting' | 'live' | 'offline'

type ChangeListener = (change: NumberedChange) => void

const changeListeners = new Set<ChangeListener>()
const connectionListeners = new Set<() => void>()
let connection: Connection = 'connecting'

function setConnection(next: Connection): void {
  if (next === connection) return
  connection = next
  for (const listener of connectionListeners) listener()
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribeConnection, () => connection)
}

function subscribeConnection(listener: () => void): () => void {
  connectionListeners.add(listener)
  return () => connectionListeners.delete(listener)
}

/** Hands every change of the open workspace to `listener`, in order, each once. It may close over fresh state. */
export function useChanges(listener: ChangeListener): void {
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    const stable: ChangeListener = (change) => latest.current(change)
    changeListeners.add(stable)
    return () => {
      changeListeners.delete(stable)
    }
  }, [])
}

/**
 * The one stream of the open workspace; the tenant layout starts and stops it. tRPC resumes by itself after a
 * short cut; an answer that EventSource takes as final (503, a server that is restarting) is tried again here,
 * from the last event that arrived, so that nothing is lost or doubled.
 */
export function followChanges(tenantKey: string): () => void {
  const { client, trpc } = tenantApi(tenantKey)
  let lastEventId: string | undefined
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let subscription: { unsubscribe: () => void } | undefined
  let isStopped = false

  function connect(): void {
    clearTimeout(timer)
    subscription?.unsubscribe()
    setConnection(navigator.onLine ? 'connecting' : 'offline')
    subscription = client.chat.changes.subscribe(lastEventId === undefined ? {} : { lastEventId }, {
      onData: ({ id, data }) => {
        lastEventId = id
        failures = 0
        setConnection('live')
        if (data.type === 'ready') void askAgain(trpc)
        if (data.type === 'reset') void queryClient.invalidateQueries({ queryKey: trpc.pathKey() })
        if (data.type === 'change') for (const listener of changeListeners) listener(data.change)
      },
      onStarted: () => setConnection('live'),
      onConnectionStateChange: ({ state }) => {
        if (state === 'connecting') setConnection(navigator.onLine ? 'connecting' : 'offline')
      },
      onError: reconnectLater,
      onComplete: () => reconnectLater(undefined),
    })
  }

  function reconnectLater(error: unknown): void {
    if (isStopped) return
    setConnection(navigator.onLine ? 'connecting' : 'offline')
    clearTimeout(timer)
    timer = setTimeout(connect, retryDelayMs(failures, error))
    failures += 1
    // EventSource hides why it was refused. An ordinary call finds out: signed out, suspended, no longer a member.
    if (failures === PROBE_AFTER_FAILURES)
      void queryClient.invalidateQueries(trpc.permission.mine.queryFilter())
  }

  const onOffline = () => setConnection('offline')
  globalThis.addEventListener('online', connect)
  globalThis.addEventListener('offline', onOffline)
  connect()
  return () => {
    isStopped = true
    clearTimeout(timer)
    subscription?.unsubscribe()
    globalThis.removeEventListener('online', connect)
    globalThis.removeEventListener('offline', onOffline)
  }
}

const PROBE_AFTER_FAILURES = 2

/** What was asked for before the stream had begun may miss a change that the stream does not bring either. */
async function askAgain(trpc: Trpc): Promise<void> {
  for (const filter of [trpc.chat.pathFilter(), trpc.customer.pathFilter()]) {
    // A first answer that is still on its way would count as fresh.
    await queryClient.cancelQueries(filter)
    void queryClient.invalidateQueries(filter)
  }
}
