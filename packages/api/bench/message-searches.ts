import type { SearchMessagesInput } from '../src/chat/search-schema.ts'
import type { Vocabulary } from './seed-messages.ts'

export interface SearchGroup {
  name: string
  searches: readonly SearchMessagesInput[]
}

/** Letter by letter from the second on, as the page asks. */
function typed(texts: readonly string[]): SearchMessagesInput[] {
  return texts.flatMap((text) => {
    const letters = Array.from(text)
    return letters.slice(1).map((_, at) => ({ search: letters.slice(0, at + 2).join('') }))
  })
}

/** What people look for in what was said, easy and hard. */
export function messageSearches(vocabulary: Vocabulary): SearchGroup[] {
  const { frequent, rare, orders, agentId, conversationId, apart } = vocabulary
  const both = [...frequent.latin.slice(0, 10), ...frequent.urdu.slice(0, 10)]
  const pairs = frequent.latin.slice(0, 12).map((word, at) => `${word} ${frequent.latin[at + 13] ?? ''}`)
  const urduPairs = frequent.urdu.slice(0, 12).map((word, at) => `${word} ${frequent.urdu[at + 13] ?? ''}`)
  const mixed = rare.latin.slice(0, 12).map((word, at) => `${frequent.latin[at] ?? ''} ${word}`)
  return [
    { name: 'a frequent word', searches: typed(both) },
    { name: 'a rare word', searches: typed([...rare.latin.slice(0, 10), ...rare.urdu.slice(0, 10)]) },
    { name: 'the number of an order', searches: typed(orders.slice(0, 6)) },
    { name: 'two frequent words', searches: [...pairs, ...urduPairs].map((search) => ({ search })) },
    { name: 'a frequent and a rare one', searches: mixed.map((search) => ({ search })) },
    {
      name: 'three words',
      searches: pairs.map((pair, at) => ({ search: `${pair} ${frequent.latin[at + 20] ?? ''}` })),
    },
    { name: 'of one author', searches: both.map((search) => ({ search, authorId: agentId })) },
    { name: 'in one conversation', searches: both.map((search) => ({ search, conversationId })) },
    { name: 'what nobody has said', searches: typed(['qwertz', 'خصوصق']) },
    { name: 'frequent apart, once together', searches: [{ search: apart.join(' ') }] },
  ]
}
