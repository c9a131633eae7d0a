import CloudOff from 'lucide-react/icons/cloud-off'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Connection, useConnection } from '../../lib/changes.ts'
import { Spinner } from '../../ui/spinner.tsx'

/** A short cut mends itself; only one that lasts is worth a line. */
const QUIET_MS = 3_000

/** Says when what is on screen may be behind. Nothing while all is well. */
export function ConnectionBanner() {
  const t = useTranslations('common.connection')
  const connection = useLasting(useConnection())
  const isLive = connection === 'live'
  const isOffline = connection === 'offline'
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
            <strong className="font-semibold">{t(isOffline ? 'offline' : 'connecting')}</strong>{' '}
            {t(isOffline ? 'offlineText' : 'connectingText')}
          </p>
        </div>
      )}
    </div>
  )
}

/** Bad news counts once it has lasted, good news at once. */
function useLasting(connection: Connection): Connection {
  const [shown, setShown] = useState<Connection>('live')
  useEffect(() => {
    const timer = setTimeout(() => setShown(connection), connection === 'connecting' ? QUIET_MS : 0)
    return () => clearTimeout(timer)
  }, [connection])
  return shown
}
