import type { Permission } from '@sarai/api/permission/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { reactTo } from '../../lib/errors.ts'
import { useTrpc } from '../../lib/trpc.ts'
import type { MadeKey } from './role-types.ts'

/** What stands in the way of a new key: message keys, and a name that is missing. */
export type KeyError = 'nameMissing' | 'chooseOne' | 'tooMany'

interface NewKey {
  name: string
  permissions: ReadonlySet<Permission>
  endsAfterDays?: number
}

export function useCreateKey(to: { onMade: (made: MadeKey) => void; onRefused: (why: KeyError) => void }) {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const { mutate, isPending } = useMutation(
    trpc.permission.key.create.mutationOptions({
      meta: { errors: 'form' },
      onSuccess: to.onMade,
      onError: (error) => {
        if (reactTo(error).kind === 'conflict') to.onRefused('tooMany')
      },
      onSettled: () => queryClient.invalidateQueries(trpc.permission.key.pathFilter()),
    }),
  )
  function create({ permissions, ...rest }: NewKey): void {
    const chosen = [...permissions].filter(
      (permission) => permission !== 'permission:manage' && permission !== 'key:manage',
    )
    mutate({ ...rest, permissions: chosen })
  }
  return { create, isCreating: isPending }
}
