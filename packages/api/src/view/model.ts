/** A list as somebody wants to find it again. */
export interface SavedView<Content> {
  id: string
  name: string
  /** Everybody who may read the list has it. Otherwise it is the caller's own. */
  isShared: boolean
  /** Who made it; null if they have left. */
  owner: { id: string; name: string } | null
  /** Which rows, in which order, with which columns: as the kind of list says it. */
  content: Content
  version: number
  updatedAt: string
}
