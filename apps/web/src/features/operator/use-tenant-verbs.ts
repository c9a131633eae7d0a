import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import type { ListedTenant } from './tenant-table.tsx'

export type TenantVerb = 'suspend' | 'resume' | 'archive' | 'restore'

const PAST = { suspend: 'suspended', resume: 'resumed', archive: 'archived', restore: 'restored' } as const
const OPPOSITE = { suspend: 'resume', resume: 'suspend', archive: 'restore', restore: 'archive' } as const

/** What can be done to a tenant and taken back again: each says that it is done and offers the way back. */
export function useTenantVerbs({ tenantKey, name }: Pick<ListedTenant, 'tenantKey' | 'name'>) {
  const t = useTranslations('operator')
  const common = useTranslations('common')
  const queryClient = useQueryClient()
  const settle = { onSettled: () => queryClient.invalidateQueries(globalTrpc.operator.tenant.pathFilter()) }
  const { suspend, resume, archive, restore } = globalTrpc.operator.tenant
  const mutations = {
    suspend: useMutation(suspend.mutationOptions({ ...settle, meta: { errors: 'form' } })),
    resume: useMutation(resume.mutationOptions({ ...settle, meta: { errors: 'form' } })),
    archive: useMutation(archive.mutationOptions({ ...settle, meta: { errors: 'form' } })),
    restore: useMutation(restore.mutationOptions({ ...settle, meta: { errors: 'form' } })),
  }
  const id = `tenant-${tenantKey}`

  function run(verb: TenantVerb, onSettled?: () => void): void {
    mutations[verb].mutate(
      { tenantKey },
      {
        onSuccess: () => {
          const action = { label: common('action.undo'), run: () => run(OPPOSITE[verb]) }
          showToast({ id, title: t(PAST[verb], { name }), action })
        },
        onError: (error) => {
          if (reactTo(error).kind === 'conflict')
            showToast({ id, tone: 'danger', title: t('changedMeanwhile', { name }) })
        },
        onSettled: () => onSettled?.(),
      },
    )
  }

  return { run, isBusy: Object.values(mutations).some(({ isPending }) => isPending) }
}
