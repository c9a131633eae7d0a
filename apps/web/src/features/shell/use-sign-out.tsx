import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { countUnsent, forgetWords } from '../../lib/personal-storage.ts'
import { sessionQuery, signOut } from '../../lib/session.ts'
import { showToast } from '../../lib/toast.ts'

const UnsentDialog = lazy(async () => ({ default: (await import('./unsent-dialog.tsx')).UnsentDialog }))

/** Signs out, after a question if that would lose messages; `question` has to be rendered. */
export function useSignOut(): { leave: () => void; question: ReactNode } {
  const t = useTranslations('common')
  const { data: session } = useQuery(sessionQuery)
  const [unsent, setUnsent] = useState<number | null>(null)
  const userId = session?.user.id ?? ''
  async function finish(): Promise<void> {
    setUnsent(null)
    if (!(await signOut())) {
      showToast({ id: 'sign-out', tone: 'danger', title: t('error.unavailable') })
      return
    }
    forgetWords(localStorage, userId)
    // Loaded afresh: whatever this page still has in memory belongs to the one who left.
    location.replace('/sign-in')
  }
  function leave(): void {
    const count = countUnsent(localStorage, userId)
    if (count === 0) void finish()
    else setUnsent(count)
  }
  const question =
    unsent === null ? null : (
      <Suspense>
        <UnsentDialog count={unsent} onStay={() => setUnsent(null)} onLeave={() => void finish()} />
      </Suspense>
    )
  return { leave, question }
}
