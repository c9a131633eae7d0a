import type { PresenceDoing } from './schema.ts'

export interface PresentPerson {
  userId: string
  doing: PresenceDoing
}

/** Who has a conversation open. */
export interface PresencePlace {
  conversationId: string
  /** Whose it is: two people may write to one customer in two conversations. */
  customerId: string
  /** Each person once, however many tabs they have. Nobody: they have left. */
  people: PresentPerson[]
}

/** What the stream says of who is there: true now, kept nowhere. */
export interface PresenceNews {
  /** What is not in it is over. Left out: it says what is other than before. */
  isWhole?: true
  /** Members with a page of the workspace open; left out: as before. */
  here?: string[]
  places: PresencePlace[]
}
