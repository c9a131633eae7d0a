import {
  NOTIFICATION_KINDS,
  NOTIFICATION_WAYS,
  type NotificationSettings,
} from '@sarai/api/notification/schema'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Bell from 'lucide-react/icons/bell'
import Volume2 from 'lucide-react/icons/volume-2'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { askPermission, useBrowserPermission } from './browser-permission.ts'
import { playChime } from './chime.ts'
import { QuietHours } from './quiet-hours-fields.tsx'

/** What a member is told of, and how: each choice counts at once. */
export function NotificationSettingsForm() {
  const trpc = useTrpc()
  const query = useQuery(trpc.notification.settings.queryOptions())
  if (query.isError && !query.data) {
    return (
      <LoadFailure error={query.error} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
    )
  }
  return query.data ? <Choices saved={query.data} /> : <Skeleton className="h-80" />
}

function Choices({ saved }: { saved: NotificationSettings }) {
  const save = useSave()
  const [known, setKnown] = useState(saved)
  const [settings, setSettings] = useState(saved)
  // Chosen in another window, or not taken by the server: what is shown is what is true.
  if (known !== saved) {
    setKnown(saved)
    setSettings(saved)
  }
  const choose = (next: NotificationSettings) => {
    setSettings(next)
    save(next)
  }
  return (
    <div className="flex flex-col gap-8">
      <Kinds settings={settings} onChange={choose} />
      <BrowserPermission />
      <QuietHours
        value={settings.quietHours}
        onChange={(quietHours) => choose({ ...settings, quietHours })}
      />
    </div>
  )
}

interface KindsProps {
  settings: NotificationSettings
  onChange: (settings: NotificationSettings) => void
}

function Kinds({ settings, onChange }: KindsProps) {
  const t = useTranslations('notification')
  const { kinds } = settings
  return (
    <section className="flex flex-col gap-3">
      <Table label={t('title')}>
        <thead>
          <tr>
            <Th>{t('column')}</Th>
            {NOTIFICATION_WAYS.map((way) => (
              <Th key={way}>{t(`way.${way}`)}</Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {NOTIFICATION_KINDS.map((kind) => (
            <tr key={kind}>
              <th
                scope="row"
                className="border-b border-line px-3 py-2.5 text-start font-normal [tr:last-child_&]:border-b-0"
              >
                <span className="block font-medium">{t(`kind.${kind}.title`)}</span>
                <span className="block text-text-muted">{t(`kind.${kind}.text`)}</span>
              </th>
              {NOTIFICATION_WAYS.map((way) => (
                <Td key={way}>
                  <Checkbox
                    label={`${t(`kind.${kind}.title`)}: ${t(`way.${way}`)}`}
                    checked={kinds[kind][way]}
                    onChange={({ target }) =>
                      onChange({
                        ...settings,
                        kinds: { ...kinds, [kind]: { ...kinds[kind], [way]: target.checked } },
                      })
                    }
                  />
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      <div>
        <Button size="sm" onClick={playChime}>
          <Volume2 aria-hidden className="size-4" />
          {t('tryChime')}
        </Button>
      </div>
    </section>
  )
}

/** A browser asks once, and only after something was pressed. */
function BrowserPermission() {
  const t = useTranslations('notification.permission')
  const permission = useBrowserPermission()
  return (
    <section className="flex flex-col items-start gap-2">
      <h2 className="text-base font-semibold">{t('title')}</h2>
      <p className="text-sm text-text-muted">{t(permission)}</p>
      {permission === 'default' ? (
        <Button variant="primary" onClick={() => void askPermission()}>
          <Bell aria-hidden className="size-4" />
          {t('allow')}
        </Button>
      ) : null}
    </section>
  )
}

/** Shown at once, and taken back if the server does not take it. */
function useSave(): (settings: NotificationSettings) => void {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const queryKey = trpc.notification.settings.queryKey()
  const mutation = useMutation(
    trpc.notification.saveSettings.mutationOptions({
      scope: { id: 'notification-settings' },
      onMutate: async (settings) => {
        await queryClient.cancelQueries({ queryKey })
        queryClient.setQueryData(queryKey, settings)
      },
      onError: () => void queryClient.invalidateQueries({ queryKey }),
    }),
  )
  return (settings) => mutation.mutate(settings)
}
