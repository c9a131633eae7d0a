import { useTranslations } from 'use-intl'
import { Avatar } from '../../ui/avatar.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useNames } from './use-names.ts'
import { useOthersAt } from './use-others.ts'

/** Faces of those who are shown; the others are a number. */
const FACES_MAX = 3

/** Who else has this conversation open. */
export function ThreadFaces({ conversationId }: { conversationId: string }) {
  const t = useTranslations('chat.presence')
  const others = useOthersAt(conversationId)
  const names = useNames(others)
  if (others.length === 0) return null
  const label = t('looking', { names, count: others.length })
  const more = others.length - FACES_MAX
  return (
    <Tooltip label={label}>
      <span role="img" aria-label={label} className="flex shrink-0 items-center rounded-full">
        {others.slice(0, FACES_MAX).map(({ id, name }) => (
          <span key={id} className="-ms-1.5 inline-flex rounded-full ring-2 ring-surface first:ms-0">
            <Avatar name={name} size="sm" />
          </span>
        ))}
        {more > 0 ? (
          <span className="ms-1 text-xs text-text-muted tabular">{t('more', { count: more })}</span>
        ) : null}
      </span>
    </Tooltip>
  )
}
