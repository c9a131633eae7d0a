import type { Team } from '@sarai/api'
import { TEAM_NAME_LENGTH_MAX } from '@sarai/api/team/schema'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type NameRefusal, toNameRefusal } from '../../lib/name-refusal.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'

interface TeamDialogProps {
  /** Left out: a new one. */
  team?: Team
  onClose: () => void
}

/** A team's name and who is in it. */
export function TeamDialog({ team, onClose }: TeamDialogProps) {
  const t = useTranslations('team')
  const [name, setName] = useState(team?.name ?? '')
  const [memberIds, setMemberIds] = useState<readonly string[]>(team?.memberIds ?? [])
  const [error, setError] = useState<string>()
  const { save, isSaving } = useSaveTeam(team, { onDone: onClose, onRefused: (why) => setError(t(why)) })
  function submit(): void {
    if (name.trim() === '') setError(t('nameMissing'))
    else save({ name, memberIds: [...memberIds] })
  }
  return (
    <FormDialog
      title={t(team ? 'editTitle' : 'new')}
      submitLabel={t('save')}
      isBusy={isSaving}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        dir="auto"
        maxLength={TEAM_NAME_LENGTH_MAX}
        value={name}
        error={error}
        onChange={(event) => {
          setName(event.target.value)
          setError(undefined)
        }}
      />
      <MemberChoice value={memberIds} onChange={setMemberIds} />
    </FormDialog>
  )
}

interface MemberChoiceProps {
  value: readonly string[]
  onChange: (memberIds: readonly string[]) => void
}

function MemberChoice({ value, onChange }: MemberChoiceProps) {
  const t = useTranslations('team')
  const trpc = useTrpc()
  const { data, isError } = useQuery(trpc.chat.member.list.queryOptions())
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t('whoIsIn')}</legend>
      {isError ? <p className="text-sm text-danger-text">{t('membersFailed')}</p> : null}
      <div className="flex max-h-72 flex-col overflow-y-auto">
        {data?.items.map(({ id, name }) => (
          <CheckboxField
            key={id}
            label={name}
            checked={value.includes(id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...value, id] : value.filter((each) => each !== id))
            }
          />
        ))}
      </div>
    </fieldset>
  )
}

interface SaveHooks {
  onDone: () => void
  onRefused: (why: NameRefusal) => void
}

function useSaveTeam(team: Team | undefined, { onDone, onRefused }: SaveHooks) {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const options = {
    meta: { errors: 'form' as const },
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.team.pathFilter())
      onDone()
    },
    onError: (error: unknown) => {
      const refusal = toNameRefusal(error)
      if (refusal) onRefused(refusal)
    },
  }
  const create = useMutation(trpc.team.create.mutationOptions(options))
  const update = useMutation(trpc.team.update.mutationOptions(options))
  return {
    isSaving: create.isPending || update.isPending,
    save: (values: { name: string; memberIds: string[] }) =>
      team ? update.mutate({ id: team.id, ...values }) : create.mutate(values),
  }
}
