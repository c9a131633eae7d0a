import { queryOptions } from '@tanstack/react-query'
import { readStored, writeStored } from './preferences.ts'

export interface Session {
  user: { id: string; name: string; email: string }
}

export type SignInRefusal = 'wrong' | 'rateLimited' | 'offline' | 'unavailable'

/** Tells the other tabs who is signed in; they share the session, but not what a page has in memory. */
const PERSON_KEY = 'sarai.person'
/** undefined: this page has not asked yet. */
let person: string | undefined

/** Who is signed in on this device; null for nobody. Asking also prolongs the session. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    const answer = await fetch('/api/auth/get-session', { signal })
    if (!answer.ok) throw new Error(`The session cannot be read: ${answer.status}`)
    const session = (await answer.json()) as Session | null
    keepPerson(session?.user.id ?? '')
    return session
  },
  staleTime: 5 * 60_000,
})

export async function signIn(input: { email: string; password: string }): Promise<SignInRefusal | null> {
  const answer = await post('/api/auth/sign-in/email', input)
  if (!answer) return navigator.onLine ? 'unavailable' : 'offline'
  if (answer.ok) return null
  if (answer.status === 429) return 'rateLimited'
  return answer.status < 500 ? 'wrong' : 'unavailable'
}

/** False if the server did not hear of it: the person is still signed in. */
export async function signOut(): Promise<boolean> {
  const answer = await post('/api/auth/sign-out', {})
  if (!answer?.ok) return false
  keepPerson('')
  return true
}

/** A page that was opened as one person must not go on working in the name of another. */
export function followPerson(): void {
  globalThis.addEventListener('storage', ({ key, newValue }) => {
    if (key === PERSON_KEY && person && newValue !== person) location.reload()
  })
}

function keepPerson(id: string): void {
  person = id
  if (readStored(PERSON_KEY) !== id) writeStored(PERSON_KEY, id)
}

async function post(path: string, body: object): Promise<Response | null> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    return null
  }
}
