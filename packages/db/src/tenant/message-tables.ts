/** A member who is named in a private note. */
export interface MessageMentionsTable {
  message_id: string
  user_id: string
  /** That of the message, for the list of conversations in which somebody is named. */
  conversation_id: string
  /** Theirs when it was written: as it stands in the text, behind an @. */
  name: string
}
