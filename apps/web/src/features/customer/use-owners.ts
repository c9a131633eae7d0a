import type { CustomerOwner } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { sessionQuery } from '../../lib/session.ts'
import { useTrpc } from '../../lib/trpc.ts'

interface Owners {
  /** Everybody who can be given customers, oneself first; undefined while it is not known. */
  members: readonly CustomerOwner[] | undefined
  /** Those who have left and still have customers. */
  left: readonly CustomerOwner[]
  nameOf: (owner: CustomerOwner) => string
}

/** Who is responsible for customers, or can be. */
export function useOwners(): Owners {
  const t = useTranslations('customer.owner')
  const trpc = useTrpc()
  const { data: session } = useQuery(sessionQuery)
  const { data } = useQuery(trpc.customer.owner.list.queryOptions())
  const me = session?.user.id
  const live = data?.items.filter(({ hasLeft }) => !hasLeft)
  return {
    members: live?.toSorted((one, other) => Number(other.id === me) - Number(one.id === me)),
    left: data?.items.filter(({ hasLeft }) => hasLeft) ?? [],
    nameOf({ id, name, hasLeft }) {
      if (id === me) return t('me', { name })
      return hasLeft ? t('left', { name }) : name
    },
  }
}
