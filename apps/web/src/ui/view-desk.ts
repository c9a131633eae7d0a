import type { SavedView } from '@sarai/api'

/** What the address says of a list; the rest of it is the list's own. */
export interface ViewSearch {
  /** The saved view that was chosen. */
  view?: string
}

/** How a list is saved and found again. */
export interface ViewTerms<Search extends ViewSearch = ViewSearch, Content extends object = object> {
  toContent(search: Search): Content
  /** The address of a view as it is saved. */
  toSearch(view: Pick<SavedView<Content>, 'id' | 'content'>): Search
}

/**
 * The saved views of one kind of list, and everything that can be done with them. Whoever shows them knows nothing of
 * that kind: an address and a content only go through their hands, from one function of the same desk to another.
 */
export interface ViewDesk<
  Search extends ViewSearch = ViewSearch,
  Content extends object = object,
> extends ViewTerms<Search, Content> {
  views: readonly SavedView<Content>[]
  /** Shown beside a view; left out for one where it is not known. */
  countOf?: (id: string) => string | undefined
  mayShare: boolean
  /** What the list is called without a view, and the group of its keys. */
  words: { all: string; keys: string }
  create(view: { name: string; isShared: boolean; content: Content }): Promise<SavedView<Content>>
  /** What is left out stays. */
  update(change: ViewChange<Content>): Promise<SavedView<Content>>
  remove: (id: string) => Promise<unknown>
  restore: (id: string) => Promise<unknown>
  /** Asks for the views again. */
  refresh: () => Promise<void>
}

export interface ViewChange<Content> {
  id: string
  version: number
  name?: string
  isShared?: boolean
  content?: Content
}

export interface ViewProps {
  desk: ViewDesk
  search: ViewSearch
  onSearchChange: (search: ViewSearch) => void
}

/** Whether the list is another than the view says. */
export function isChanged(
  { toContent, toSearch }: ViewTerms,
  search: ViewSearch,
  view: Pick<SavedView<object>, 'id' | 'content'>,
): boolean {
  return JSON.stringify(toContent(search)) !== JSON.stringify(toContent(toSearch(view)))
}
