import type { Client } from '../context.ts'
import { DomainError } from '../errors.ts'
import { type SignedIn, signIn, type SignInParts, signInWithCode } from './sign-in.ts'

type Endpoint = (request: Request, client: Client) => Promise<Response>

/** The paths that exist. Whatever else better-auth could do cannot be reached. */
export function createAuthHandler(parts: SignInParts) {
  const endpoints = new Map<string, Endpoint>([
    [
      'POST /api/auth/sign-in/email',
      async (request, client) => answerSignIn(await signIn(parts, { body: await readJson(request), client })),
    ],
    [
      'POST /api/auth/sign-in/second-step',
      async (request, client) =>
        answerSignIn(await signInWithCode(parts, { body: await readJson(request), client })),
    ],
    ['POST /api/auth/sign-out', (request) => signOut(parts, request.headers)],
    ['GET /api/auth/get-session', (request) => readSession(parts, request.headers)],
  ])

  return async function handler(request: Request, from = { address: 'unknown' }): Promise<Response> {
    const endpoint = endpoints.get(`${request.method} ${new URL(request.url).pathname}`)
    if (!endpoint) throw new DomainError('NOT_FOUND', 'There is nothing at this address.')
    return endpoint(request, { address: from.address, userAgent: request.headers.get('user-agent') })
  }
}

function answerSignIn({ body, setCookie }: SignedIn): Response {
  return answer(body, setCookie === null ? [] : [setCookie])
}

async function signOut({ betterAuth }: SignInParts, headers: Headers): Promise<Response> {
  const signedOut = await betterAuth.api.signOut({ headers, returnHeaders: true })
  return answer({ success: true }, signedOut.headers.getSetCookie())
}

/** Prolongs the session, so that somebody who works here every day is never signed out. */
async function readSession({ betterAuth }: SignInParts, headers: Headers): Promise<Response> {
  const { response: found, headers: answerHeaders } = await betterAuth.api.getSession({
    headers,
    returnHeaders: true,
  })
  const cookies = answerHeaders.getSetCookie()
  if (!found) return answer(null, cookies)
  const { id, name, email } = found.user
  return answer(
    { user: { id, name, email }, session: { expiresAt: found.session.expiresAt.toISOString() } },
    cookies,
  )
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return undefined
  }
}

function answer(body: unknown, cookies: readonly string[]): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(JSON.stringify(body), { headers })
}
