import CloudOff from 'lucide-react/icons/cloud-off'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useConnection } from '../../lib/changes.ts'
import type { Connection } from '../../lib/stream/stream-message.ts'
import { type Trouble, useTrouble } from '../../lib/trouble.ts'
import { Spinner } from '../../ui/spinner.tsx'

/** A short cut mends itself; only one that lasts is worth a line. */
const QUIET_MS = 3_000

type State = Connection | Trouble

/** Says when what is on screen may be behind, or what is sent takes its time. Nothing while all is well. */
export function ConnectionBanner() {
  const t = useTranslations('common.connection')
  const connection = useConnection()
  const trouble = useTrouble()
  const state = useLasting(connection === 'offline' ? connection : (trouble ?? connection))
  const isLive = state === 'live'
  const isOffline = state === 'offline'
  return (
    <div role="status">
      {isLive ? null : (
        <div
          className={
            isOffline
              ? 'flex items-center gap-2 bg-warning-soft px-4 py-2 text-sm text-warning-text md:px-6'
              : 'flex items-center gap-2 bg-sunken px-4 py-2 text-sm text-text-muted md:px-6'
          }
        >
          {isOffline ? (
            <CloudOff aria-hidden className="size-4 shrink-0" />
          ) : (
            <Spinner className="shrink-0" />
          )}
          <p>
            <strong className="font-semibold">{t(state)}</strong> {t(`${state}Text`)}
          </p>
        </div>
      )}
    </div>
  )
}

/** Bad news counts once it has lasted, of whatever kind it is by then; good news at once. */
function useLasting(state: State): State {
  const [hasLasted, setHasLasted] = useState(false)
  const isTrouble = state !== 'live' && state !== 'offline'
  useEffect(() => {
    if (!isTrouble) return undefined
    const timer = setTimeout(() => setHasLasted(true), QUIET_MS)
    return () => {
      clearTimeout(timer)
      setHasLasted(false)
    }
  }, [isTrouble])
  return isTrouble && !hasLasted ? 'live' : state
}
