import { useQuery } from '@tanstack/react-query'
import UsersRound from 'lucide-react/icons/users-round'
import { useTrpc } from '../../lib/trpc.ts'

/** A team that was deleted meanwhile is not shown. */
export function TeamName({ teamId }: { teamId: string | null }) {
  const trpc = useTrpc()
  const { data } = useQuery({ ...trpc.team.list.queryOptions(), enabled: teamId !== null })
  const team = data?.items.find(({ id }) => id === teamId)
  if (!team) return null
  return (
    <span className="inline-flex min-w-0 shrink items-center gap-1">
      <UsersRound aria-hidden className="size-3.5 shrink-0" />
      <bdi className="truncate">{team.name}</bdi>
    </span>
  )
}
