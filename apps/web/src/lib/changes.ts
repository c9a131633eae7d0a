import type { NumberedChange } from '@sarai/api'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { queryClient } from './query-client.ts'
import { sessionQuery } from './session.ts'
import { putPresence } from './presence.ts'
import { NOBODY } from './stream/merge-presence.ts'
import { openStream } from './stream/open-stream.ts'
import type { SharedStream, StreamListeners } from './stream/shared-stream.ts'
import type { ChangeEvent, Connection } from './stream/stream-message.ts'
import { noteAnswer } from './trouble.ts'
import { type Trpc, tenantApi } from './trpc.ts'

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

/** The stream of the open workspace, one for all tabs; the tenant layout starts and stops it. */
export function followChanges(tenantKey: string): () => void {
  const { trpc } = tenantApi(tenantKey)
  const over = new AbortController()
  const stream = begin(tenantKey, over.signal, {
    onConnection: (next) => setConnection(next),
    onEvent: (event) => handleEvent(trpc, event),
    onPresence: putPresence,
    onRefused: () => void queryClient.invalidateQueries(trpc.permission.mine.queryFilter()),
  })
  const { signal } = over
  const setOnline = (isOnline: boolean) => void stream.then((opened) => opened?.setOnline(isOnline))
  globalThis.addEventListener('online', () => setOnline(true), { signal })
  globalThis.addEventListener(
    'offline',
    () => {
      setConnection('offline')
      setOnline(false)
    },
    { signal },
  )
  setConnection(navigator.onLine ? 'connecting' : 'offline')
  return () => {
    over.abort()
    putPresence(NOBODY)
    void stream.then((opened) => opened?.stop())
  }
}

async function begin(
  tenantKey: string,
  signal: AbortSignal,
  listeners: StreamListeners,
): Promise<SharedStream | undefined> {
  // Whose tabs share it. Who cannot be asked at all has one for each tab until somebody can.
  const session = await queryClient.query(sessionQuery).catch(() => null)
  return signal.aborted ? undefined : openStream({ tenantKey, userId: session?.user.id ?? '' }, listeners)
}

function handleEvent(trpc: Trpc, event: ChangeEvent): void {
  noteAnswer()
  if (event.type === 'ready') void askAgain(trpc)
  if (event.type === 'reset') void queryClient.invalidateQueries({ queryKey: trpc.pathKey() })
  if (event.type === 'change') for (const listener of changeListeners) listener(event.change)
}

/** What was asked for before the stream had begun may miss a change that the stream does not bring either. */
async function askAgain(trpc: Trpc): Promise<void> {
  for (const filter of [
    trpc.chat.pathFilter(),
    trpc.customer.pathFilter(),
    trpc.label.pathFilter(),
    trpc.scheduled.pathFilter(),
    trpc.team.pathFilter(),
  ]) {
    // A first answer that is still on its way would count as fresh.
    await queryClient.cancelQueries(filter)
    void queryClient.invalidateQueries(filter)
  }
}
