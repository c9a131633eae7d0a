import type { MasterTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { Client } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { AuthParts } from './auth-parts.ts'
import type { BetterAuth } from './better-auth.ts'
import { checkPassword } from './check-password.ts'
import { openSession } from './open-session.ts'
import { SecondStepInput, SignInInput } from './schema.ts'
import { closeChallenge, findChallenged, openChallenge, takeCode } from './second-step.ts'
import { SECOND_STEP_FAILURES_MAX, SIGN_IN_FAILURES_OF_ADDRESS_MAX, signInRules } from './sign-in-limit.ts'

export interface SignInParts extends AuthParts {
  master: Kysely<MasterTables>
  betterAuth: BetterAuth
}

export interface SignedIn {
  body: { user: { id: string; name: string; email: string } } | { secondStep: { challenge: string } }
  /** null while the second step is missing. */
  setCookie: string | null
}

/** The first step; for who has no second one, all of it. One answer for a wrong password and an unknown account. */
export async function signIn(
  parts: SignInParts,
  { body, client }: { body: unknown; client: Client },
): Promise<SignedIn> {
  const input = SignInInput.safeParse(body)
  if (!input.success) throw new DomainError('INVALID', 'Give an e-mail address and a password.')
  const { email, password } = input.data
  const attempt = await parts.limit.begin(signInRules({ account: email, address: client.address }))
  const user = await checkPassword(parts.master, { email, password })
  if (!user) throw new DomainError('UNAUTHENTICATED', 'The e-mail address or the password is not right.')
  await attempt.succeeded()
  if (user.hasSecondStep) {
    const challenge = await openChallenge(parts.master, user)
    return { body: { secondStep: { challenge } }, setCookie: null }
  }
  return enter(parts, { user, client })
}

/** The second: a code of the person's device, or a recovery code. Either counts once. */
export async function signInWithCode(
  parts: SignInParts,
  { body, client }: { body: unknown; client: Client },
): Promise<SignedIn> {
  const input = SecondStepInput.safeParse(body)
  if (!input.success) throw new DomainError('INVALID', 'Give the code that your device shows.')
  const { challenge, code } = input.data
  const address = { key: `address ${client.address}`, failuresMax: SIGN_IN_FAILURES_OF_ADDRESS_MAX }
  const user = await findChallenged(parts.master, challenge)
  const rules = user
    ? [{ key: `code ${user.id}`, failuresMax: SECOND_STEP_FAILURES_MAX }, address]
    : [address]
  const attempt = await parts.limit.begin(rules)
  if (!user) throw new DomainError('NOT_FOUND', 'This took too long. Sign in again.')
  if (
    !(await takeCode(parts, { userId: user.id, code })) ||
    !(await closeChallenge(parts.master, challenge))
  ) {
    throw new DomainError('UNAUTHENTICATED', 'This code is not right, or has been used already.')
  }
  await attempt.succeeded()
  return enter(parts, { user, client })
}

async function enter(
  parts: SignInParts,
  { user, client }: { user: { id: string; name: string; email: string }; client: Client },
): Promise<SignedIn> {
  const { setCookie } = await openSession(parts, { userId: user.id, client })
  return { body: { user: { id: user.id, name: user.name, email: user.email } }, setCookie }
}
