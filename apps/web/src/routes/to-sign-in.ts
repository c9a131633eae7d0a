import { redirect } from '@tanstack/react-router'
import { reactTo } from '../lib/errors.ts'

/** In a loader's catch: who is not signed in goes to sign-in and comes back; any other error stays one. */
export function toSignIn(returnTo: string): (error: unknown) => never {
  return (error) => {
    if (reactTo(error).kind !== 'sign-in') throw error
    throw redirect({ to: '/sign-in', search: returnTo === '/' ? {} : { returnTo }, replace: true })
  }
}
