import type { PresenceNews } from '@sarai/api'

export const NOBODY: PresenceNews = { isWhole: true, here: [], places: [] }

/** What is known with what is told: the whole. Places that are as they were stay the same objects. */
export function mergePresence(known: PresenceNews, news: PresenceNews): PresenceNews {
  if (news.isWhole) return news
  const told = new Set(news.places.map(({ conversationId }) => conversationId))
  return {
    isWhole: true,
    here: news.here ?? known.here ?? [],
    places: [
      ...known.places.filter(({ conversationId }) => !told.has(conversationId)),
      ...news.places.filter(({ people }) => people.length > 0),
    ],
  }
}
