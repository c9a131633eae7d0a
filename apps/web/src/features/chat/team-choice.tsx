import { useQuery } from '@tanstack/react-query'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { MenuRadioGroup, MenuSeparator } from '../../ui/menu.tsx'

const NONE = 'none'

export interface TeamChoiceProps {
  /** undefined: several conversations that differ. */
  teamId: string | null | undefined
  /** What choosing no team is called. */
  noneLabel: string
  onChoose: (teamId: string | null) => void
}

/** A part of a menu; nothing where there are no teams. */
export function TeamChoice({ teamId, noneLabel, onChoose }: TeamChoiceProps) {
  const t = useTranslations('chat.action')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.team.list.queryOptions())
  if (!data || data.items.length === 0) return null
  return (
    <>
      <MenuSeparator />
      <MenuRadioGroup
        label={t('team')}
        value={teamId === undefined ? null : (teamId ?? NONE)}
        options={[
          { value: NONE, label: noneLabel },
          ...data.items.map(({ id, name }) => ({
            value: id,
            label: name,
            icon: <UsersRound aria-hidden />,
          })),
        ]}
        onChange={(next) => onChoose(next === NONE ? null : next)}
      />
    </>
  )
}
