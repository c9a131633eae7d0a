import type { TellPresenceInput } from '@sarai/api/presence/schema'
import { LOOKING_SAY_MS, WRITING_MS, WRITING_SAY_MS } from '@sarai/api/presence/schema'

type Doing = NonNullable<TellPresenceInput['doing']>
export type Word = Required<Pick<TellPresenceInput, 'conversationId' | 'doing'>>

/** How often it is looked whether something has to be said. */
export const LOOK_MS = 1_000
const NOWHERE: Word = { conversationId: null, doing: 'looking' }

/** Tells the others what this tab shows and whether somebody writes in it, no oftener than they need to hear it. */
export interface PresenceTeller {
  /** null: no conversation any more. */
  show: (conversationId: string | null) => void
  /** A key was pressed that writes; `looking`: what was written is sent, or gone. */
  write: (doing: Doing) => void
  /** The page is being closed: said at once. */
  leave: () => void
}

/** One word at a time, the newest: two on their way at once might arrive in the other order. */
export function createPresenceTeller(send: (word: Word) => Promise<unknown>): PresenceTeller {
  let wanted = NOWHERE
  let said = NOWHERE
  let saidAt = 0
  let keyAt = 0
  let isSaying = false
  let timer: ReturnType<typeof setInterval> | undefined

  function isDue(now: number): boolean {
    if (wanted.conversationId !== said.conversationId || wanted.doing !== said.doing) return true
    if (wanted.conversationId === null) return false
    const isWriting = wanted.doing !== 'looking' && keyAt > saidAt
    return now - saidAt >= (isWriting ? WRITING_SAY_MS : LOOKING_SAY_MS)
  }

  async function say(): Promise<void> {
    if (isSaying) return
    isSaying = true
    while (isDue(Date.now())) {
      said = wanted
      saidAt = Date.now()
      // Nobody is asked again: in a moment it is old, and said anew.
      await send(said).catch(() => undefined)
    }
    isSaying = false
  }

  function look(): void {
    if (wanted.doing !== 'looking' && Date.now() - keyAt >= WRITING_MS)
      wanted = { ...wanted, doing: 'looking' }
    void say()
  }

  return {
    show(conversationId) {
      wanted = { conversationId, doing: 'looking' }
      clearInterval(timer)
      timer = conversationId === null ? undefined : setInterval(look, LOOK_MS)
      void say()
    },
    write(doing) {
      if (wanted.conversationId === null) return
      keyAt = Date.now()
      wanted = { ...wanted, doing }
      void say()
    },
    leave() {
      clearInterval(timer)
      if (said.conversationId === null) return
      wanted = said = NOWHERE
      void send(NOWHERE).catch(() => undefined)
    },
  }
}
