import type { Customer, CustomerTag } from '@sarai/api'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { KeptFocus } from '../../ui/kept-focus.tsx'
import { TagChip } from '../../ui/tag-chip.tsx'
import { TagInput } from './tag-input.tsx'
import { useSetTags } from './use-set-tags.ts'

/** The customer's tags: taken off with a cross, put on while typing. */
export function CardTags({ customer }: { customer: Customer }) {
  const t = useTranslations('customer')
  const mayEdit = useCan()('customer:update')
  const setTags = useSetTags()
  return (
    <KeptFocus>
      <div className="flex flex-col gap-2">
        {customer.tags.length === 0 && !mayEdit ? (
          <p className="text-sm text-text-faint">{t('card.noTags')}</p>
        ) : null}
        {customer.tags.length > 0 ? (
          <ul className="flex flex-wrap gap-1.5">
            {customer.tags.map((tag) => (
              <li key={tag.id} className="min-w-0">
                <TagChip
                  name={tag.name}
                  color={tag.color}
                  after={
                    mayEdit ? (
                      <RemoveTag tag={tag} onRemove={() => setTags(customer, { remove: tag })} />
                    ) : null
                  }
                />
              </li>
            ))}
          </ul>
        ) : null}
        {mayEdit ? (
          <TagInput
            has={customer.tags}
            onPick={(tag) => setTags(customer, { add: tag })}
            label={t('tags.add')}
          />
        ) : null}
      </div>
    </KeptFocus>
  )
}

function RemoveTag({ tag, onRemove }: { tag: CustomerTag; onRemove: () => void }) {
  const t = useTranslations('customer.tags')
  return (
    <button
      type="button"
      aria-label={t('remove', { tag: tag.name })}
      onClick={onRemove}
      className="inline-flex size-5 items-center justify-center rounded-full hover:bg-hover hover:text-text pointer-coarse:size-6"
    >
      <X aria-hidden className="size-3" />
    </button>
  )
}
