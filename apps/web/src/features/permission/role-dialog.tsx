import { ROLE_NAME_LENGTH_MAX } from '@sarai/api/permission/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { Role } from './role-types.ts'

interface RoleDialogProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** Left out: a new one. */
  role?: Role
}

export function RoleDialog({ isOpen, onOpenChange, role }: RoleDialogProps) {
  const t = useTranslations('permission')
  return (
    <Dialog
      size="sm"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={role ? t('renameTitle', { role: role.name }) : t('newRole')}
      description={role ? undefined : t('newRoleText')}
    >
      <RoleForm {...(role && { role })} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function RoleForm({ role, onDone }: { role?: Role; onDone: () => void }) {
  const t = useTranslations('permission')
  const common = useTranslations('common')
  const id = useId()
  const [name, setName] = useState(role?.name ?? '')
  const [error, setError] = useState<string>()
  const { save, isSaving } = useSaveRole(role)

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (name.trim() === '') {
      setError(common('field.required'))
      return
    }
    const refusal = await save(name.trim())
    if (refusal === null) onDone()
    else if (refusal !== 'elsewhere') setError(t(refusal))
  }

  return (
    <form id={id} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      <TextField
        label={t('roleName')}
        dir="auto"
        maxLength={ROLE_NAME_LENGTH_MAX}
        value={name}
        error={error}
        onChange={(event) => {
          setName(event.target.value)
          setError(undefined)
        }}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{common('action.cancel')}</Button>
        <Button type="submit" variant="primary" isBusy={isSaving}>
          {role ? common('action.save') : common('action.create')}
        </Button>
      </div>
    </form>
  )
}

/** null: saved. `elsewhere`: a toast has said why not. */
type Refusal = 'nameTaken' | 'tooManyRoles' | 'elsewhere' | null

function useSaveRole(role: Role | undefined): {
  save: (name: string) => Promise<Refusal>
  isSaving: boolean
} {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const options = {
    meta: { errors: 'form' as const },
    onSettled: () => queryClient.invalidateQueries(trpc.permission.role.pathFilter()),
  }
  const create = useMutation(trpc.permission.role.create.mutationOptions(options))
  const update = useMutation(trpc.permission.role.update.mutationOptions(options))
  async function save(name: string): Promise<Refusal> {
    try {
      await (role ? update.mutateAsync({ id: role.id, name }) : create.mutateAsync({ name, permissions: [] }))
      return null
    } catch (error) {
      const reaction = reactTo(error)
      if (reaction.kind !== 'conflict') return 'elsewhere'
      return reaction.details['field'] === 'name' ? 'nameTaken' : 'tooManyRoles'
    }
  }
  return { save, isSaving: create.isPending || update.isPending }
}
