import { useQuery } from '@tanstack/react-query'
import { useTrpc } from '../../lib/trpc.ts'
import { ownTimeZone } from '../../lib/zone-clock.ts'

/** The clock of the business, which everybody in it means by "at nine"; until it is known, one's own. */
export function useTenantZone(): { timeZone: string; isOwn: boolean } {
  const trpc = useTrpc()
  const { data } = useQuery(trpc.tenant.profile.queryOptions())
  const own = ownTimeZone()
  const timeZone = data?.timeZone ?? own
  return { timeZone, isOwn: timeZone === own }
}
