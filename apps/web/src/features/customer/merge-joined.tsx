import type { MergePreview } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { TagChip } from '../../ui/tag-chip.tsx'

/** What nobody has to choose: it all comes together. */
export function MergeJoined({ customers }: Pick<MergePreview, 'customers'>) {
  const t = useTranslations('customer.duplicate')
  const tags = new Map(customers.flatMap((customer) => customer.tags.map((tag) => [tag.id, tag])))
  const notes = customers.reduce((sum, { notesCount }) => sum + notesCount, 0)
  const conversations = customers.reduce((sum, { conversationsCount }) => sum + conversationsCount, 0)
  return (
    <section aria-labelledby="merge-joined" className="rounded-lg border border-line bg-surface p-3 text-sm">
      <h2 id="merge-joined" className="mb-1.5 font-medium">
        {t('joined')}
      </h2>
      {tags.size === 0 ? null : (
        <p className="mb-1.5 flex flex-wrap items-center gap-1">
          <span className="text-text-muted">{t('joinedTags')}</span>
          {[...tags.values()].map((tag) => (
            <TagChip key={tag.id} name={tag.name} color={tag.color} />
          ))}
        </p>
      )}
      <p>
        {t('joinedNotes', { count: notes })} · {t('joinedConversations', { count: conversations })}
      </p>
      <p className="text-text-muted">{t('joinedHistory')}</p>
    </section>
  )
}
