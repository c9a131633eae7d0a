/** Neighbours that say the same become one, with how many there were; the first stands for all. */
export function groupRuns<Item>(
  items: readonly Item[],
  sameness: (item: Item) => string,
): { item: Item; count: number }[] {
  const runs: { item: Item; key: string; count: number }[] = []
  for (const item of items) {
    const key = sameness(item)
    const last = runs.at(-1)
    if (last?.key === key) last.count += 1
    else runs.push({ item, key, count: 1 })
  }
  return runs.map(({ item, count }) => ({ item, count }))
}
