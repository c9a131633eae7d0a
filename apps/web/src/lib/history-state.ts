import '@tanstack/react-router'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The conversation has just been opened to write in it: the composer takes the focus. */
    isNewConversation?: boolean
  }
}

export const NEW_CONVERSATION = { isNewConversation: true } as const
