import type { Priority } from '@sarai/api/chat/schema'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { showToast } from '../../lib/toast.ts'
import { useChatDesk } from './chat-desk.ts'

export type Assignee = { id: string; name: string } | null

/** What was done to a conversation, with the way back. */
export function useWriteToasts() {
  const t = useTranslations('chat.toast')
  const tc = useTranslations('common.action')
  const format = useFormat()
  const { me } = useChatDesk()
  function add(title: string, undo: () => void): void {
    showToast({ id: 'chat.write', title, action: { label: tc('undo'), run: undo } })
  }
  const tp = useTranslations('chat.priority')
  return {
    prioritized: (priority: Priority, undo: () => void) =>
      add(t('prioritized', { priority: tp(priority) }), undo),
    show: (text: 'resolved' | 'reopened' | 'team' | 'noTeam', undo: () => void) => add(t(text), undo),
    snoozed: (until: Date, undo: () => void) =>
      add(t('snoozed', { time: format.dateTime(until.toISOString()) }), undo),
    assigned(assignee: Assignee, undo: () => void): void {
      if (assignee === null) return add(t('unassigned'), undo)
      add(assignee.id === me.id ? t('assignedToMe') : t('assigned', { name: assignee.name }), undo)
    },
  }
}
