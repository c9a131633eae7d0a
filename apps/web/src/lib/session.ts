import { queryOptions } from '@tanstack/react-query'
import { readStored, writeStored } from './preferences.ts'

export interface Session {
  user: { id: string; name: string; email: string }
}

export type SignInRefusal = 'wrong' | 'rateLimited' | 'tooLate' | 'offline' | 'unavailable'

export type SignInOutcome =
  | { kind: 'signed-in' }
  | { kind: 'second-step'; challenge: string }
  | { kind: 'refused'; why: SignInRefusal; retryAfterMs?: number }

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

/** The first step; with `challenge`, the second one is awaited. */
export async function signIn(input: { email: string; password: string }): Promise<SignInOutcome> {
  const answer = await post('/api/auth/sign-in/email', input)
  if (!answer?.ok) return refuse(answer)
  const body = (await answer.json()) as { secondStep?: { challenge: string } }
  return body.secondStep
    ? { kind: 'second-step', challenge: body.secondStep.challenge }
    : { kind: 'signed-in' }
}

/** A code of the device, or a recovery code. */
export async function signInWithCode(input: { challenge: string; code: string }): Promise<SignInOutcome> {
  const answer = await post('/api/auth/sign-in/second-step', input)
  if (answer?.status === 404) return { kind: 'refused', why: 'tooLate' }
  return answer?.ok ? { kind: 'signed-in' } : refuse(answer)
}

function refuse(answer: Response | null): SignInOutcome {
  if (!answer) return { kind: 'refused', why: navigator.onLine ? 'unavailable' : 'offline' }
  if (answer.status === 429) {
    const seconds = Number(answer.headers.get('retry-after') ?? 0)
    return { kind: 'refused', why: 'rateLimited', retryAfterMs: seconds * 1000 }
  }
  return { kind: 'refused', why: answer.status < 500 ? 'wrong' : 'unavailable' }
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
