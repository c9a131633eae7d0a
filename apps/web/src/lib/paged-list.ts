import type { InfiniteData } from '@tanstack/react-query'

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** The loaded pages of a list that is read by keyset, as the query cache holds them. */
export type PagedList<Item> = InfiniteData<Page<Item>, string | null>

/** Negative if the first comes before the second. */
export type Compare<Item> = (one: Item, other: Item) => number

/** Everything loaded, each item once: a row that moved between two fetches can be in both pages. */
export function listItems<Item extends { id: string }>(list: PagedList<Item>): Item[] {
  const items = new Map<string, Item>()
  for (const item of list.pages.flatMap((page) => page.items)) {
    if (!items.has(item.id)) items.set(item.id, item)
  }
  return [...items.values()]
}

export function findItem<Item extends { id: string }>(list: PagedList<Item>, id: string): Item | undefined {
  return list.pages.flatMap((page) => page.items).find((item) => item.id === id)
}

export function removeItem<Item extends { id: string }>(list: PagedList<Item>, id: string): PagedList<Item> {
  if (!findItem(list, id)) return list
  return mapPages(list, (items) => items.filter((item) => item.id !== id))
}

/** New values in the old place; a list that does not have the item stays as it is. */
export function replaceItem<Item extends { id: string }>(list: PagedList<Item>, item: Item): PagedList<Item> {
  if (!findItem(list, item.id)) return list
  return mapPages(list, (items) => items.map((other) => (other.id === item.id ? item : other)))
}

/** Puts the item where it belongs. Beyond the last loaded page it is left to the page that will bring it. */
export function placeItem<Item extends { id: string }>(
  list: PagedList<Item>,
  item: Item,
  compare: Compare<Item>,
): PagedList<Item> {
  const others = removeItem(list, item.id)
  const index = others.pages.findIndex((page) => page.items.some((other) => compare(item, other) < 0))
  if (index === -1 && others.pages.at(-1)?.nextCursor !== null) return others
  const target = index === -1 ? others.pages.length - 1 : index
  return {
    ...others,
    pages: others.pages.map((page, position) =>
      position === target ? { ...page, items: insert(page.items, item, compare) } : page,
    ),
  }
}

function insert<Item>(items: readonly Item[], item: Item, compare: Compare<Item>): Item[] {
  const before = items.findIndex((other) => compare(item, other) < 0)
  return before === -1 ? [...items, item] : items.toSpliced(before, 0, item)
}

function mapPages<Item>(list: PagedList<Item>, change: (items: Item[]) => Item[]): PagedList<Item> {
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: change(page.items) })) }
}
