import type { Act } from '@sarai/api/act/schema'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { toDuration } from './duration.ts'

type Named = { items: readonly { id: string; name: string }[] } | undefined

/** What an act does, in a few words; what it names is asked for. */
export function useActText(isAsked = true): (act: Act) => string {
  const t = useTranslations('macro')
  const tp = useTranslations('chat.priority')
  const trpc = useTrpc()
  const input = isAsked ? undefined : skipToken
  const { data: labels } = useQuery(trpc.label.list.queryOptions(input))
  const { data: teams } = useQuery(trpc.team.list.queryOptions(input))
  const { data: members } = useQuery(trpc.chat.member.list.queryOptions(input))
  const nameIn = (list: Named, id: string) => {
    if (list === undefined) return '…'
    return list.items.find((each) => each.id === id)?.name ?? t('gone')
  }
  return (act) => {
    switch (act.kind) {
      case 'reply':
      case 'note':
        return t(`done.${act.kind}`)
      case 'addLabel':
      case 'removeLabel':
        return t(`done.${act.kind}`, { name: nameIn(labels, act.labelId) })
      case 'setPriority':
        return t('done.setPriority', { priority: tp(act.priority) })
      case 'assign':
        if (act.assigneeId === null) return t('done.unassign')
        return t('done.assign', { name: nameIn(members, act.assigneeId) })
      case 'take':
        return t('done.take')
      case 'setTeam':
        if (act.teamId === null) return t('done.noTeam')
        return t('done.setTeam', { name: nameIn(teams, act.teamId) })
      case 'setStatus':
        return t(`done.${act.status}`)
      case 'snooze': {
        const { count, unit } = toDuration(act.minutes)
        return t('done.snooze', { time: t(`duration.${unit}`, { count }) })
      }
    }
  }
}
