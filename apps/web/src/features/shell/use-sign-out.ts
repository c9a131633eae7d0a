import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { signOut } from '../../lib/session.ts'
import { showToast } from '../../lib/toast.ts'

export function useSignOut(): () => Promise<void> {
  const t = useTranslations('common')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return async () => {
    if (!(await signOut())) {
      showToast({ id: 'sign-out', tone: 'danger', title: t('error.unavailable') })
      return
    }
    await navigate({ to: '/sign-in', replace: true })
    // The next person on this device sees nothing of the one before.
    queryClient.clear()
  }
}
