import { queryOptions } from '@tanstack/react-query'

export interface Session {
  user: { id: string; name: string; email: string }
}

export type SignInRefusal = 'wrong' | 'rateLimited' | 'offline' | 'unavailable'

/** Who is signed in on this device; null for nobody. Asking also prolongs the session. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    const answer = await fetch('/api/auth/get-session', { signal })
    if (!answer.ok) throw new Error(`The session cannot be read: ${answer.status}`)
    return (await answer.json()) as Session | null
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
  return answer?.ok ?? false
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
