import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { ApiKey } from './role-types.ts'

/** Asked first, because there is no undo: what uses the key stops. */
export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const t = useTranslations('permission.apiKey')
  const common = useTranslations('common')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const [last, setLast] = useState(apiKey)
  if (apiKey !== null && apiKey !== last) setLast(apiKey)
  const name = last?.name ?? ''
  const revoke = useMutation(
    trpc.permission.key.revoke.mutationOptions({
      onSuccess: ({ id }) => showToast({ id: `key-${id}`, title: t('revoked', { name }) }),
      onSettled: () => {
        void queryClient.invalidateQueries(trpc.permission.key.pathFilter())
        onClose()
      },
    }),
  )
  return (
    <Dialog
      size="sm"
      isOpen={apiKey !== null}
      onOpenChange={onClose}
      title={t('revokeTitle', { name })}
      footer={
        <>
          <Button onClick={onClose}>{common('action.cancel')}</Button>
          <Button
            variant="danger"
            isBusy={revoke.isPending}
            onClick={() => apiKey && revoke.mutate({ id: apiKey.id })}
          >
            {t('revoke')}
          </Button>
        </>
      }
    >
      <p className="text-sm text-text-muted">{t('revokeText')}</p>
    </Dialog>
  )
}
