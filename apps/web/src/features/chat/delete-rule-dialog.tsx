import type { Rule } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { DeleteDialog } from '../../ui/delete-dialog.tsx'
import { useDeleteRule } from './use-save-rule.ts'

/** What it did stays, and stays in the log. */
export function DeleteRuleDialog({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const t = useTranslations('rule')
  const { mutate, isPending } = useDeleteRule(onClose)
  return (
    <DeleteDialog
      title={t('deleteTitle', { name: rule.name })}
      description={t('deleteText')}
      confirmLabel={t('deleteDo')}
      isBusy={isPending}
      onConfirm={() => mutate({ id: rule.id })}
      onClose={onClose}
    />
  )
}
