import { createTranslator } from 'use-intl/core'
import { type ErrorText, reactTo } from './lib/errors.ts'
import { getI18n } from './lib/i18n/store.ts'
import { setNotice } from './lib/notice.ts'
import { listenToFailures } from './lib/query-client.ts'
import { showToast } from './lib/toast.ts'
import { router } from './router.ts'

/** What happens to an error that no component shows: the other half of the switch in lib/errors.ts. */
export function handleFailures(): void {
  listenToFailures((error, shown) => {
    const reaction = reactTo(error)
    switch (reaction.kind) {
      case 'sign-in':
        void goToSignIn()
        return
      case 'notice':
        setNotice(reaction.notice)
        return
      case 'silent':
        return
      case 'fields':
        if (shown === 'nothing') fail('invalid')
        return
      case 'conflict':
        if (shown === 'nothing') fail('conflict')
        return
      case 'not-found':
        if (shown !== 'all') fail('notFound')
        return
      case 'retry':
      case 'toast':
        if (shown !== 'all') fail(reaction.text)
        return
      default:
        return reaction satisfies never
    }
  })
}

async function goToSignIn(): Promise<void> {
  const { href, pathname } = router.state.location
  if (pathname === '/sign-in') return
  await router.navigate({ to: '/sign-in', search: { returnTo: href }, replace: true })
}

function fail(text: ErrorText | 'notFound'): void {
  const { locale, messages } = getI18n()
  const t = createTranslator({ locale, messages, namespace: 'common' })
  showToast({ id: text, tone: 'danger', title: t(`error.${text}`) })
}
