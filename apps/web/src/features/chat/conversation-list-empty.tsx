import Inbox from 'lucide-react/icons/inbox'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { type ChatSearch, usualStatus } from './chat-queries.ts'

export interface ConversationListEmptyProps {
  search: ChatSearch
  onSearchChange: (search: ChatSearch) => void
  /** Left out for who may not write. */
  onCreate?: () => void
}

/** Why the list is empty, and what to do about it. */
export function ConversationListEmpty({ search, onSearchChange, onCreate }: ConversationListEmptyProps) {
  const t = useTranslations('chat')
  const { box = 'all' } = search
  const usual = usualStatus(search)
  const { status = usual } = search
  const isOpenBox = status === usual
  const which = status === 'waiting' ? 'waiting' : isOpenBox ? box : 'all'
  return (
    <EmptyState
      icon={<Inbox />}
      title={t(`empty.${which}`)}
      text={t(`empty.${which}Text`)}
      action={
        <>
          {box === 'all' && isOpenBox ? null : (
            <Button size="sm" onClick={() => onSearchChange({ status: 'any' })}>
              {t('empty.showAll')}
            </Button>
          )}
          {onCreate ? (
            <Button size="sm" variant="primary" onClick={onCreate}>
              {t('list.new')}
            </Button>
          ) : null}
        </>
      }
    />
  )
}
