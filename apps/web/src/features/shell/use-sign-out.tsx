import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { sessionQuery, signOut } from '../../lib/session.ts'
import { showToast } from '../../lib/toast.ts'

const UnsentDialog = lazy(async () => ({ default: (await import('./unsent-dialog.tsx')).UnsentDialog }))

type Words = typeof import('../../lib/words.ts')

/** Signs out, after a question if that would lose messages; `question` has to be rendered. */
export function useSignOut(): { leave: () => void; question: ReactNode } {
  const t = useTranslations('common')
  const { data: session } = useQuery(sessionQuery)
  const [unsent, setUnsent] = useState<{ count: number; words: Words } | null>(null)
  const userId = session?.user.id ?? ''
  async function finish({ forgetWords }: Words): Promise<void> {
    setUnsent(null)
    if (!(await signOut())) return showUnavailable()
    await forgetWords(userId)
    // Loaded afresh: whatever this page still has in memory belongs to the one who left.
    location.replace('/sign-in')
  }
  async function leave(): Promise<void> {
    // What the words are kept with comes first: nobody is signed out whose words could not be removed.
    const words = await import('../../lib/words.ts').catch(() => null)
    if (!words) return showUnavailable()
    const count = await words.countUnsent(userId)
    if (count === 0) await finish(words)
    else setUnsent({ count, words })
  }
  function showUnavailable(): void {
    showToast({ id: 'sign-out', tone: 'danger', title: t('error.unavailable') })
  }
  const question =
    unsent === null ? null : (
      <Suspense>
        <UnsentDialog
          count={unsent.count}
          onStay={() => setUnsent(null)}
          onLeave={() => void finish(unsent.words)}
        />
      </Suspense>
    )
  return { leave: () => void leave(), question }
}
