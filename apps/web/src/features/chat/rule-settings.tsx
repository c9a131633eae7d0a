import type { Rule } from '@sarai/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Workflow from 'lucide-react/icons/workflow'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChanges } from '../../lib/changes.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SettingsList } from '../../ui/settings-list.tsx'
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
  const close = () => setOpen(null)
  return (
    <SettingsList
      query={rules}
      text={t('text')}
      addLabel={t('new')}
      onAdd={() => setOpen({ what: 'new' })}
      renderList={({ items }) => (
        <>
          <RuleList items={items} onOpen={setOpen} />
          {items.length > 0 ? <RuleLog /> : null}
        </>
      )}
    >
      {open?.what === 'new' ? <RuleDialog onClose={close} /> : null}
      {open?.what === 'edit' ? <RuleDialog rule={open.rule} onClose={close} /> : null}
      {open?.what === 'delete' ? <DeleteRuleDialog rule={open.rule} onClose={close} /> : null}
    </SettingsList>
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
