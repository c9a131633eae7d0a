/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (upper === undefined || lower === undefined) throw new RangeError('nothing has no median')
  return (lower + upper) / 2
}

/** The smallest value that `share` (0 to 1) of all values do not exceed: always one that was measured. */
export function percentile(values: readonly number[], share: number): number {
  if (share < 0 || share > 1) throw new RangeError(`a share is between 0 and 1, not ${share}`)
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('nothing has no percentile')
  return value
}

/** The same number from every object, and its median. */
export function medianOf<T>(items: readonly T[], read: (item: T) => number): number {
  return median(items.map(read))
}
