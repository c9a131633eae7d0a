import { type Claim, claimKey } from './claims.ts'
import type { PresenceNews, PresencePlace } from './model.ts'
import { PRESENCE_DOINGS, type PresenceDoing } from './schema.ts'

/** What one process knows: who has a stream of it, and what tabs have told it. */
export interface Board {
  here: string[]
  claims: Claim[]
}

/** What all processes together know, as it is told. */
export interface Presence {
  here: string[]
  /** By conversation. */
  places: Map<string, PresencePlace>
}

export const NOBODY: Presence = { here: [], places: new Map() }

/**
 * A tab counts where it was told last, and only while its person has a stream: who has closed the browser, or may not
 * read any more, has none, whatever their tabs said before.
 */
export function mergeBoards(boards: readonly Board[]): Presence {
  const here = new Set(boards.flatMap((board) => board.here))
  const latest = new Map<string, Claim>()
  for (const claim of boards.flatMap(({ claims }) => claims)) {
    const rival = latest.get(claimKey(claim))
    if (!rival || rival.at < claim.at) latest.set(claimKey(claim), claim)
  }
  const places = new Map<string, PresencePlace>()
  for (const { userId, place, doing } of latest.values()) {
    if (place === null || !here.has(userId)) continue
    const known = places.get(place.conversationId) ?? { ...place, people: [] }
    places.set(place.conversationId, { ...known, people: withPerson(known.people, { userId, doing }) })
  }
  return { here: [...here].toSorted(), places }
}

type People = PresencePlace['people']

/** In an order of their own, so that the same people are the same list. */
function withPerson(people: People, person: People[number]): People {
  const same = people.find(({ userId }) => userId === person.userId)
  const others = people.filter((other) => other !== same)
  const doing = same ? stronger(same.doing, person.doing) : person.doing
  return [...others, { ...person, doing }].toSorted((one, other) => one.userId.localeCompare(other.userId))
}

function stronger(one: PresenceDoing, other: PresenceDoing): PresenceDoing {
  return PRESENCE_DOINGS.indexOf(one) > PRESENCE_DOINGS.indexOf(other) ? one : other
}

/** What has to be told; undefined: nothing. */
export function newsBetween(before: Presence, after: Presence): PresenceNews | undefined {
  const isHereSame = before.here.join() === after.here.join()
  const changed = [...after.places.values()].filter((place) => !isSame(place, before.places))
  const left = [...before.places.values()].filter(({ conversationId }) => !after.places.has(conversationId))
  const places = [...changed, ...left.map((place) => ({ ...place, people: [] }))]
  if (isHereSame && places.length === 0) return undefined
  return { ...(!isHereSame && { here: after.here }), places }
}

function isSame(place: PresencePlace, others: Presence['places']): boolean {
  return JSON.stringify(place) === JSON.stringify(others.get(place.conversationId))
}

export function wholeNews({ here, places }: Presence): PresenceNews {
  return { isWhole: true, here, places: [...places.values()] }
}
