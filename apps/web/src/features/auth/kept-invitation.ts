import { takeHashToken } from '../../lib/hash-token.ts'

const KEY = 'sarai.invitation'

/** The token of the link, kept for this tab: whoever has to sign in first comes back to it. */
export function takeInvitation(): string {
  const token = takeHashToken()
  if (token === '') return sessionStorage.getItem(KEY) ?? ''
  sessionStorage.setItem(KEY, token)
  return token
}

export function forgetInvitation(): void {
  sessionStorage.removeItem(KEY)
}
