import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { Member } from './role-types.ts'

/** Asked first, because there is no undo: a removed member has to be invited again. */
export function RemoveMemberDialog({ member, onClose }: { member: Member | null; onClose: () => void }) {
  const t = useTranslations('permission')
  const common = useTranslations('common')
  const [last, setLast] = useState(member)
  if (member !== null && member !== last) setLast(member)
  const { remove, isRemoving } = useRemoveMember(onClose)
  const name = last?.name ?? ''
  return (
    <Dialog
      size="sm"
      isOpen={member !== null}
      onOpenChange={onClose}
      title={t('removeTitle', { name })}
      footer={
        <>
          <Button onClick={onClose}>{common('action.cancel')}</Button>
          <Button variant="danger" isBusy={isRemoving} onClick={() => member && remove(member)}>
            {common('action.remove')}
          </Button>
        </>
      }
    >
      <p className="text-sm text-text-muted">{t('removeText')}</p>
    </Dialog>
  )
}

function useRemoveMember(onDone: () => void): { remove: (member: Member) => void; isRemoving: boolean } {
  const t = useTranslations('permission')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const { mutate, isPending } = useMutation(
    trpc.permission.member.remove.mutationOptions({
      meta: { errors: 'form' },
      onSettled: () => queryClient.invalidateQueries(trpc.permission.pathFilter()),
    }),
  )
  function remove({ userId, name }: Member): void {
    mutate(
      { userId },
      {
        onSuccess: () => showToast({ id: `member-${userId}`, title: t('removed', { name }) }),
        onError: (error) => {
          if (reactTo(error).kind !== 'conflict') return
          showToast({ id: `member-${userId}`, tone: 'danger', title: t('lastOwner') })
        },
        onSettled: onDone,
      },
    )
  }
  return { remove, isRemoving: isPending }
}
