import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { usePresence } from '../../lib/presence.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import type { LazyMenuContentProps } from '../../ui/lazy-menu.tsx'
import { MenuLabel, MenuRadioGroup } from '../../ui/menu.tsx'
import { useChatDesk } from './chat-desk.ts'
import { TeamChoice } from './team-choice.tsx'

const NOBODY = 'nobody'

export interface AssignMenuProps extends LazyMenuContentProps {
  /** undefined: several that differ. */
  assigneeId: string | null | undefined
  onAssign: (assignee: { id: string; name: string } | null) => void
  teamId: string | null | undefined
  onAssignTeam: (teamId: string | null) => void
}

/** Me first, then the others by name, then nobody; beside a person, a team. */
export function AssignMenu(props: AssignMenuProps) {
  const { assigneeId, onAssign, teamId, onAssignTeam, ...menu } = props
  const t = useTranslations('chat.action')
  const tp = useTranslations('chat.presence')
  const here = usePresence((presence) => presence.here) ?? []
  const trpc = useTrpc()
  const { me } = useChatDesk()
  const { data, isError } = useQuery(trpc.chat.member.list.queryOptions())
  const others = (data?.items ?? []).filter((member) => member.id !== me.id)
  const myself = data?.items.find((member) => member.id === me.id)
  const members = myself ? [myself, ...others] : others
  return (
    <AnchoredMenu {...menu} align="end">
      {isError ? <MenuLabel>{t('membersFailed')}</MenuLabel> : null}
      <MenuRadioGroup
        label={t('assignTo')}
        value={assigneeId === undefined ? null : (assigneeId ?? NOBODY)}
        options={[
          ...members.map(({ id, name }) => ({
            value: id,
            label: id === me.id ? t('me', { name }) : here.includes(id) ? tp('here', { name }) : name,
            icon: <Avatar name={name} size="xs" />,
          })),
          { value: NOBODY, label: t('nobody') },
        ]}
        onChange={(id) => onAssign(members.find((member) => member.id === id) ?? null)}
      />
      <TeamChoice teamId={teamId} noneLabel={t('noTeam')} onChoose={onAssignTeam} />
    </AnchoredMenu>
  )
}
