import { CONVERSATION_COUNT_MAX } from '@sarai/api/chat/schema'
import { useFormat } from '../../lib/format.ts'

/** Nothing for none: a list that is empty needs no number. */
export function useShowCount(): (count: number) => string | undefined {
  const format = useFormat()
  return (count) => {
    if (count === 0) return undefined
    return count < CONVERSATION_COUNT_MAX
      ? format.number(count)
      : `${format.number(CONVERSATION_COUNT_MAX - 1)}+`
  }
}
