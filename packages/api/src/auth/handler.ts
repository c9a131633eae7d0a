import { DomainError } from '../errors.ts'
import { type BetterAuth, CLIENT_ADDRESS_HEADER } from './better-auth.ts'
import { SignInInput } from './schema.ts'
import type { SignInLimit } from './sign-in-limit.ts'

type Endpoint = (request: Request, headers: Headers) => Promise<Response>

/** The three paths that exist. Whatever else better-auth could do cannot be reached. */
export function createAuthHandler(betterAuth: BetterAuth, limit: SignInLimit) {
  const endpoints = new Map<string, Endpoint>([
    ['POST /api/auth/sign-in/email', (request, headers) => signIn({ betterAuth, limit }, request, headers)],
    ['POST /api/auth/sign-out', (_request, headers) => signOut(betterAuth, headers)],
    ['GET /api/auth/get-session', (_request, headers) => readSession(betterAuth, headers)],
  ])

  return async function handler(request: Request, client = { address: 'unknown' }): Promise<Response> {
    const endpoint = endpoints.get(`${request.method} ${new URL(request.url).pathname}`)
    if (!endpoint) throw new DomainError('NOT_FOUND', 'There is nothing at this address.')
    const headers = new Headers(request.headers)
    headers.set(CLIENT_ADDRESS_HEADER, client.address)
    return endpoint(request, headers)
  }
}

async function signIn(
  { betterAuth, limit }: { betterAuth: BetterAuth; limit: SignInLimit },
  request: Request,
  headers: Headers,
): Promise<Response> {
  const input = SignInInput.safeParse(await readJson(request))
  if (!input.success) throw new DomainError('INVALID', 'Give an e-mail address and a password.')
  const { email, password } = input.data
  const attempt = limit.begin({ account: email, address: headers.get(CLIENT_ADDRESS_HEADER) ?? 'unknown' })
  if ('retryAfterMs' in attempt) {
    throw new DomainError('RATE_LIMITED', 'Too many failed sign-ins. Wait a while, then try again.', {
      details: { retryAfterMs: attempt.retryAfterMs },
    })
  }
  const signedIn = await betterAuth.api
    .signInEmail({ body: { email, password }, headers, returnHeaders: true })
    .catch(refuseSignIn)
  attempt.succeeded()
  const { user } = signedIn.response
  // The token stays in the httpOnly cookie; better-auth would show it to scripts in the body as well.
  return answer({ user: { id: user.id, name: user.name, email: user.email } }, signedIn.headers)
}

/** One answer for a wrong password and an unknown account. What is not a refusal stays what it is. */
function refuseSignIn(error: unknown): never {
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 401) {
    throw new DomainError('UNAUTHENTICATED', 'The e-mail address or the password is not right.', {
      cause: error,
    })
  }
  throw error
}

async function signOut(betterAuth: BetterAuth, headers: Headers): Promise<Response> {
  const signedOut = await betterAuth.api.signOut({ headers, returnHeaders: true })
  return answer({ success: true }, signedOut.headers)
}

/** Prolongs the session, so that somebody who works here every day is never signed out. */
async function readSession(betterAuth: BetterAuth, headers: Headers): Promise<Response> {
  const { response: found, headers: answerHeaders } = await betterAuth.api.getSession({
    headers,
    returnHeaders: true,
  })
  if (!found) return answer(null, answerHeaders)
  const { id, name, email } = found.user
  return answer(
    { user: { id, name, email }, session: { expiresAt: found.session.expiresAt.toISOString() } },
    answerHeaders,
  )
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return undefined
  }
}

function answer(body: unknown, from: Headers): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' })
  for (const cookie of from.getSetCookie()) headers.append('set-cookie', cookie)
  return new Response(JSON.stringify(body), { headers })
}
