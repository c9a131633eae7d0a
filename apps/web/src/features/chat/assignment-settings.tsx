import type { AssignmentRule } from '@sarai/api'
import { CAPACITY_DEFAULT, CAPACITY_MAX } from '@sarai/api/assignment/schema'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChanges } from '../../lib/changes.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'

/** Whether conversations are handed out, to whom, and how many each can have open. */
export function AssignmentSettings() {
  const t = useTranslations('assignment')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const rule = useQuery(trpc.assignment.rule.queryOptions())
  useChanges((change) => {
    if (change.kind === 'chat.configured') void queryClient.invalidateQueries(trpc.assignment.pathFilter())
  })
  if (rule.isError && !rule.data) {
    const retry = () => void rule.refetch()
    return <LoadFailure error={rule.error} isRetrying={rule.isFetching} onRetry={retry} />
  }
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 md:p-6">
      <p className="text-sm text-text-muted">{t('text')}</p>
      {/* Drawn anew when somebody else has saved: what they said is what counts. */}
      {rule.data ? (
        <RuleForm key={JSON.stringify(rule.data)} rule={rule.data} />
      ) : (
        <Skeleton className="h-64" />
      )}
    </div>
  )
}

function RuleForm({ rule }: { rule: AssignmentRule }) {
  const t = useTranslations('assignment')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const [isOn, setOn] = useState(rule.isOn)
  const [capacities, setCapacities] = useState<Capacities>(() =>
    Object.fromEntries(rule.agents.map(({ id, capacity }) => [id, String(capacity)])),
  )
  const save = useMutation(
    trpc.assignment.save.mutationOptions({
      onSuccess: (saved) => {
        queryClient.setQueryData(trpc.assignment.rule.queryKey(), saved)
        showToast({ title: t('saved') })
      },
    }),
  )
  const isWrong = Object.values(capacities).some((text) => readCapacity(text) === undefined)
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const agents = Object.entries(capacities).flatMap(([id, text]) => {
      const capacity = readCapacity(text)
      return capacity === undefined ? [] : [{ id, capacity }]
    })
    if (!isWrong) save.mutate({ isOn, agents })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <CheckboxField label={t('isOn')} checked={isOn} onChange={(event) => setOn(event.target.checked)} />
      <AgentTable capacities={capacities} onChange={setCapacities} />
      <div>
        <Button type="submit" variant="primary" isBusy={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

/** By member, as it is typed; who is not in it takes no part. */
type Capacities = Readonly<Record<string, string>>

function readCapacity(text: string): number | undefined {
  const capacity = Number(text)
  return Number.isInteger(capacity) && capacity >= 1 && capacity <= CAPACITY_MAX ? capacity : undefined
}

interface AgentTableProps {
  capacities: Capacities
  onChange: (capacities: Capacities) => void
}

function AgentTable({ capacities, onChange }: AgentTableProps) {
  const t = useTranslations('assignment')
  const trpc = useTrpc()
  const members = useQuery(trpc.chat.member.list.queryOptions())
  if (members.isError) return <p className="text-sm text-danger-text">{t('membersFailed')}</p>
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t('who')}</legend>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {members.data?.items.map(({ id, name }) => {
          const { [id]: text, ...others } = capacities
          return (
            <li key={id} className="flex min-h-12 items-center gap-3 px-3 py-1.5">
              <span className="min-w-0 flex-1">
                <CheckboxField
                  label={name}
                  checked={text !== undefined}
                  onChange={(event) =>
                    onChange(event.target.checked ? { ...others, [id]: String(CAPACITY_DEFAULT) } : others)
                  }
                />
              </span>
              {text === undefined ? null : (
                <span className="w-32">
                  <TextField
                    label={t('capacityOf', { name })}
                    isLabelHidden
                    type="number"
                    min={1}
                    max={CAPACITY_MAX}
                    value={text}
                    error={
                      readCapacity(text) === undefined ? t('capacityWrong', { max: CAPACITY_MAX }) : undefined
                    }
                    onChange={(event) => onChange({ ...capacities, [id]: event.target.value })}
                  />
                </span>
              )}
            </li>
          )
        })}
      </ul>
      <p className="mt-1.5 text-sm text-text-muted">{t('capacityText')}</p>
    </fieldset>
  )
}
