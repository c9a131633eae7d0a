import MessageSquare from 'lucide-react/icons/message-square'
import { useTranslations } from 'use-intl'
import { EmptyState } from '../../ui/empty-state.tsx'

export function NoConversation() {
  const t = useTranslations('chat.empty')
  return (
    <div className="flex h-full items-center justify-center">
      <EmptyState icon={<MessageSquare />} title={t('thread')} text={t('threadText')} />
    </div>
  )
}
