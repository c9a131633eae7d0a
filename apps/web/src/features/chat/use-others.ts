import type { PresenceNews, PresencePlace } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import { usePresence } from '../../lib/presence.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { useChatDesk } from './chat-desk.ts'

/** Somebody else: one's own other tabs are oneself. */
export interface Other {
  id: string
  name: string
  doing: PresencePlace['people'][number]['doing']
}

const NO_PEOPLE: PresencePlace['people'] = []

/** Who else has the conversation open. */
export function useOthersAt(conversationId: string): Other[] {
  return useNamed(usePresence((presence) => peopleAt(presence, conversationId)))
}

/** Who else writes a reply to the same customer in another conversation. */
export function useOthersReplyingTo({ customerId, id }: { customerId: string; id: string }): Other[] {
  const places = usePresence((presence) => presence.places)
  const elsewhere = places.filter((place) => place.customerId === customerId && place.conversationId !== id)
  const people = elsewhere.flatMap((place) => place.people.filter(({ doing }) => doing === 'reply'))
  return useNamed([...new Map(people.map((person) => [person.userId, person])).values()])
}

/** Whether anybody has it open, oneself included: rows in which nobody is need no names. */
export function useIsAnybodyAt(conversationId: string): boolean {
  return usePresence((presence) => peopleAt(presence, conversationId)).length > 0
}

function peopleAt({ places }: PresenceNews, conversationId: string): PresencePlace['people'] {
  return places.find((place) => place.conversationId === conversationId)?.people ?? NO_PEOPLE
}

function useNamed(people: PresencePlace['people']): Other[] {
  const trpc = useTrpc()
  const { me } = useChatDesk()
  const { data } = useQuery({ ...trpc.chat.member.list.queryOptions(), enabled: people.length > 0 })
  return people.flatMap(({ userId, doing }) => {
    const member = data?.items.find(({ id }) => id === userId)
    return member && userId !== me.id ? { ...member, doing } : []
  })
}
