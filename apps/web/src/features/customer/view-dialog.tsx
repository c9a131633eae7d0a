import { VIEW_NAME_LENGTH_MAX } from '@sarai/api/view/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { withColumns } from './customer-columns.ts'
import type { CustomerFiltersProps } from './customer-filters.tsx'
import { whyNot } from './use-change-view.ts'
import { useColumnsContext } from './use-columns.ts'
import type { CustomerView } from './view-menu.tsx'
import { toContent } from './view-search.ts'

export interface ViewBeingNamed {
  /** Left out: a new one, of the list as it is. */
  view?: CustomerView
}

interface ViewDialogProps extends ViewBeingNamed, CustomerFiltersProps {
  onClose: () => void
}

/** A name for a list, and whether the team has it too. */
export function ViewDialog({ view, search, onSearchChange, onClose }: ViewDialogProps) {
  const t = useTranslations('customer.view')
  const tc = useTranslations('common.action')
  const mayShare = useCan()('customer:configure')
  // Somebody else may see other columns: those of the list are part of what is saved, if any were chosen.
  const shown = withColumns(search, useColumnsContext().chosen)
  const [name, setName] = useState(view?.name ?? '')
  const [isShared, setShared] = useState(false)
  const [error, setError] = useState<string>()
  const { create, rename } = useSaveView({
    onRefused: (why) => setError(t(why)),
    onDone: (viewId) => {
      onSearchChange({ ...shown, view: viewId })
      onClose()
    },
  })
  function submit(): void {
    if (name.trim() === '') setError(t('nameMissing'))
    else if (view) rename.mutate({ id: view.id, version: view.version, name })
    else create.mutate({ name, isShared, content: toContent(shown) })
  }
  return (
    <FormDialog
      title={t(view ? 'renameTitle' : 'saveAsTitle')}
      {...(!view && { description: t('saveAsText') })}
      submitLabel={tc('save')}
      isBusy={create.isPending || rename.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        dir="auto"
        maxLength={VIEW_NAME_LENGTH_MAX}
        value={name}
        error={error}
        onChange={(event) => {
          setName(event.target.value)
          setError(undefined)
        }}
      />
      {view || !mayShare ? null : (
        <CheckboxField
          label={t('forTeam')}
          checked={isShared}
          onChange={(event) => setShared(event.target.checked)}
        />
      )}
    </FormDialog>
  )
}

interface SaveHooks {
  onDone: (id: string) => void
  onRefused: (why: ReturnType<typeof whyNot>) => void
}

function useSaveView({ onDone, onRefused }: SaveHooks) {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const options = {
    meta: { errors: 'form' as const },
    onSuccess: async ({ id }: { id: string }) => {
      await queryClient.invalidateQueries(trpc.customer.view.pathFilter())
      onDone(id)
    },
    onError: (error: unknown) => {
      void queryClient.invalidateQueries(trpc.customer.view.pathFilter())
      onRefused(whyNot(error))
    },
  }
  return {
    create: useMutation(trpc.customer.view.create.mutationOptions(options)),
    rename: useMutation(trpc.customer.view.update.mutationOptions(options)),
  }
}
