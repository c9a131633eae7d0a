import type { ConversationMergePreview } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { LabelChips } from './label-chips.tsx'
import { PriorityMark } from './priority-mark.tsx'
import { TeamName } from './team-name.tsx'

/** What the conversation that goes on will be. */
export function MergeResult({ result }: Pick<ConversationMergePreview, 'result'>) {
  const t = useTranslations('chat')
  const format = useFormat()
  const { status, snoozedUntil, assigneeName, teamId, priority, labelIds } = result
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-sm font-medium">{t('merge.result')}</p>
      <div className="flex flex-wrap items-center gap-2 rounded-lg border border-line bg-sunken px-3 py-2 text-sm">
        <Badge tone={status === 'resolved' ? 'success' : 'neutral'}>
          {snoozedUntil === null
            ? t(`status.${status}`)
            : t('thread.snoozedUntil', { time: format.dateTime(snoozedUntil) })}
        </Badge>
        <bdi>{assigneeName ?? t('merge.nobody')}</bdi>
        <TeamName teamId={teamId} />
        {priority === 'none' ? null : (
          <span className="inline-flex items-center gap-1">
            <PriorityMark priority={priority} />
            {t(`priority.${priority}`)}
          </span>
        )}
        <LabelChips labelIds={labelIds} />
      </div>
    </div>
  )
}
