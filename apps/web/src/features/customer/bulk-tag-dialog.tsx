import type { CustomerTag } from '@sarai/api'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TagChip } from '../../ui/tag-chip.tsx'
import { TagInput } from './tag-input.tsx'

interface BulkTagDialogProps {
  count: number | undefined
  onClose: () => void
  onChoose: (tags: { addTagIds: string[]; removeTagIds: string[] }) => void
}

/** Which tags everybody who is selected is to get, and which to lose. */
export function BulkTagDialog({ count, onClose, onChoose }: BulkTagDialogProps) {
  const t = useTranslations('customer.bulk')
  const tc = useTranslations('common.action')
  const [add, setAdd] = useState<readonly CustomerTag[]>([])
  const [remove, setRemove] = useState<readonly CustomerTag[]>([])
  const idsOf = (tags: readonly CustomerTag[]) => tags.map(({ id }) => id)
  return (
    <Dialog
      size="sm"
      isOpen
      onOpenChange={onClose}
      title={count === undefined ? t('tagAllTitle') : t('tagTitle', { count })}
      footer={
        <>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button
            variant="primary"
            disabled={add.length + remove.length === 0}
            onClick={() => onChoose({ addTagIds: idsOf(add), removeTagIds: idsOf(remove) })}
          >
            {t('tagDo')}
          </Button>
        </>
      }
    >
      <div className="flex min-h-64 flex-col gap-5">
        <TagChoice label={t('add')} tags={add} others={remove} onChange={setAdd} mayCreate />
        <TagChoice label={t('remove')} tags={remove} others={add} onChange={setRemove} />
      </div>
    </Dialog>
  )
}

interface TagChoiceProps {
  label: string
  tags: readonly CustomerTag[]
  /** Chosen for the opposite. */
  others: readonly CustomerTag[]
  mayCreate?: boolean
  onChange: (tags: readonly CustomerTag[]) => void
}

function TagChoice({ label, tags, others, mayCreate = false, onChange }: TagChoiceProps) {
  const t = useTranslations('customer.tags')
  return (
    <div role="group" aria-label={label} className="flex flex-col gap-2">
      <span aria-hidden className="text-sm font-medium">
        {label}
      </span>
      {tags.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li key={tag.id} className="min-w-0">
              <TagChip
                name={tag.name}
                color={tag.color}
                after={
                  <button
                    type="button"
                    aria-label={t('remove', { tag: tag.name })}
                    onClick={() => onChange(tags.filter(({ id }) => id !== tag.id))}
                    className="inline-flex size-5 items-center justify-center rounded-full hover:bg-hover hover:text-text pointer-coarse:size-6"
                  >
                    <X aria-hidden className="size-3" />
                  </button>
                }
              />
            </li>
          ))}
        </ul>
      ) : null}
      <TagInput
        label={label}
        has={[...tags, ...others]}
        mayCreate={mayCreate}
        onPick={(tag) => onChange([...tags, tag])}
      />
    </div>
  )
}
