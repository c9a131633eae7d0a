import { useEffect } from 'react'
import { useChatDesk } from './chat-desk.ts'
import { useVisible } from './use-visible.ts'

/** Whoever looks something up in another tab and comes back was never away. */
const HIDDEN_GRACE_MS = 10_000

/** While this is on screen, the others see who looks at the conversation. */
export function useShowPresence(conversationId: string): void {
  const { presence } = useChatDesk()
  const isVisible = useVisible()
  useEffect(() => {
    if (isVisible) return presence.show(conversationId)
    const timer = setTimeout(() => presence.show(null), HIDDEN_GRACE_MS)
    return () => clearTimeout(timer)
  }, [presence, conversationId, isVisible])
  useEffect(() => {
    const leave = () => presence.leave()
    // A page that the browser keeps for the way back is shown again.
    const comeBack = () => presence.show(conversationId)
    globalThis.addEventListener('pagehide', leave)
    globalThis.addEventListener('pageshow', comeBack)
    return () => {
      globalThis.removeEventListener('pagehide', leave)
      globalThis.removeEventListener('pageshow', comeBack)
      presence.show(null)
    }
  }, [presence, conversationId])
}
