import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import type { ListedUser } from './user-table.tsx'

/** What is done to a person without asking twice; each says that it is done. */
export function useUserVerbs({ userId, name, email }: Pick<ListedUser, 'userId' | 'name' | 'email'>) {
  const t = useTranslations('operator.user')
  const common = useTranslations('common')
  const queryClient = useQueryClient()
  const { user } = globalTrpc.operator
  const onSettled = () => queryClient.invalidateQueries(user.pathFilter())
  const id = `user-${userId}`
  const ending = useMutation(
    user.endSessions.mutationOptions({
      onSettled,
      onSuccess: () => showToast({ id, title: t('sessionsEnded', { name }) }),
    }),
  )
  const setting = useMutation(user.setOperator.mutationOptions({ onSettled, meta: { errors: 'form' } }))

  function setOperator(isOperator: boolean): void {
    setting.mutate(
      { email, isOperator },
      {
        onSuccess: () => {
          const action = { label: common('action.undo'), run: () => setOperator(!isOperator) }
          showToast({ id, title: t(isOperator ? 'operatorMade' : 'operatorUnmade', { name }), action })
        },
        onError: (error) => {
          if (reactTo(error).kind === 'conflict')
            showToast({ id, tone: 'danger', title: t('lastOperator', { name }) })
        },
      },
    )
  }

  return { endSessions: () => ending.mutate({ email }), setOperator }
}
