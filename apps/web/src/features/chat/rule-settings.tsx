import type { Rule } from '@sarai/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import Workflow from 'lucide-react/icons/workflow'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChanges } from '../../lib/changes.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { DeleteRuleDialog } from './delete-rule-dialog.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { RuleItem } from './rule-item.tsx'
import { RuleLog } from './rule-log.tsx'
import { useOrderRules } from './use-save-rule.ts'

type Open = { what: 'new' } | { what: 'edit' | 'delete'; rule: Rule } | null

/** Every rule in its order, and what rules did; others' changes show at once. */
export function RuleSettings() {
  const t = useTranslations('rule')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const [open, setOpen] = useState<Open>(null)
  const rules = useQuery(trpc.rule.list.queryOptions())
  useChanges((change) => {
    if (change.kind === 'chat.configured') void queryClient.invalidateQueries(trpc.rule.pathFilter())
    if ('ruleDepth' in change) void queryClient.invalidateQueries(trpc.chat.rule.runs.pathFilter())
  })
  if (rules.isError && !rules.data) {
    const retry = () => void rules.refetch()
    return <LoadFailure error={rules.error} isRetrying={rules.isFetching} onRetry={retry} />
  }
  const close = () => setOpen(null)
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 md:p-6">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <p className="min-w-60 flex-1 text-sm text-text-muted">{t('text')}</p>
        <Button onClick={() => setOpen({ what: 'new' })}>
          <Plus aria-hidden className="size-4" />
          {t('new')}
        </Button>
      </div>
      {rules.data ? <RuleList items={rules.data.items} onOpen={setOpen} /> : <Skeleton className="h-64" />}
      {rules.data && rules.data.items.length > 0 ? <RuleLog /> : null}
      {open?.what === 'new' ? <RuleDialog onClose={close} /> : null}
      {open?.what === 'edit' ? <RuleDialog rule={open.rule} onClose={close} /> : null}
      {open?.what === 'delete' ? <DeleteRuleDialog rule={open.rule} onClose={close} /> : null}
    </div>
  )
}

function RuleList({ items, onOpen }: { items: readonly Rule[]; onOpen: (open: Open) => void }) {
  const t = useTranslations('rule')
  const order = useOrderRules()
  if (items.length === 0) return <EmptyState icon={<Workflow />} title={t('empty')} text={t('emptyText')} />
  const move = (at: number, by: 1 | -1) => {
    const ids = items.map(({ id }) => id)
    const [id = ''] = ids.splice(at, 1)
    ids.splice(at + by, 0, id)
    order(ids)
  }
  return (
    <ol className="divide-y divide-line rounded-lg border border-line bg-surface">
      {items.map((rule, at) => (
        <RuleItem
          key={rule.id}
          rule={rule}
          {...(at > 0 && { onUp: () => move(at, -1) })}
          {...(at < items.length - 1 && { onDown: () => move(at, 1) })}
          onEdit={() => onOpen({ what: 'edit', rule })}
          onDelete={() => onOpen({ what: 'delete', rule })}
        />
      ))}
    </ol>
  )
}
