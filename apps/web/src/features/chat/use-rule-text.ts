import type { RuleCondition, RuleTrigger } from '@sarai/api/rule/schema'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { isolate } from '../../lib/isolate.ts'
import { toDuration } from './duration.ts'

type Named = { items: readonly { id: string; name: string }[] } | undefined

/** What a rule waits for and asks for, in a few words. */
export function useRuleText() {
  const t = useTranslations('rule')
  const tm = useTranslations('macro')
  const tc = useTranslations('chat')
  const toThing = useThingName()
  return {
    toTrigger(trigger: RuleTrigger): string {
      if (trigger.kind === 'unanswered') {
        const { count, unit } = toDuration(trigger.minutes)
        return t('happened.unanswered', { time: tm(`duration.${unit}`, { count }) })
      }
      if (trigger.kind !== 'statusChanged' || trigger.to === undefined) return t(`trigger.${trigger.kind}`)
      return t('happened.statusChanged', { status: tc(`status.${trigger.to}`) })
    },
    toCondition(condition: RuleCondition): string {
      const what = t(`condition.${condition.kind}`)
      return t(condition.is ? 'is' : 'isNot', { what, value: toThing(condition) })
    },
  }
}

function useThingName(): (condition: RuleCondition) => string {
  const t = useTranslations('macro')
  const tc = useTranslations('chat')
  const trpc = useTrpc()
  const { data: labels } = useQuery(trpc.label.list.queryOptions())
  const { data: teams } = useQuery(trpc.team.list.queryOptions())
  const { data: members } = useQuery(trpc.chat.member.list.queryOptions())
  const { data: tags } = useQuery(trpc.customer.tag.list.queryOptions())
  const nameIn = (list: Named, id: string) =>
    list === undefined ? '…' : (list.items.find((each) => each.id === id)?.name ?? t('gone'))
  return (condition) => {
    switch (condition.kind) {
      case 'status':
        return tc(`status.${condition.status}`)
      case 'priority':
        return tc(`priority.${condition.priority}`)
      case 'label':
        return nameIn(labels, condition.labelId)
      case 'assignee':
        return condition.assigneeId === null ? t('nobody') : nameIn(members, condition.assigneeId)
      case 'team':
        return condition.teamId === null ? t('noTeam') : nameIn(teams, condition.teamId)
      case 'customerTag':
        return nameIn(tags, condition.tagId)
      case 'words':
        return condition.words.map((word) => isolate(`“${word}”`)).join(', ')
    }
  }
}
