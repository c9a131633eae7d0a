import type { AttemptRule } from './attempt-limit.ts'

/** One account tried from one address. */
export const SIGN_IN_FAILURES_OF_PAIR_MAX = 10
/** All accounts tried from one address: an office behind one address has many people, a guesser more tries. */
export const SIGN_IN_FAILURES_OF_ADDRESS_MAX = 50
/** One account tried from everywhere. High, because it locks the owner out as well. */
export const SIGN_IN_FAILURES_OF_ACCOUNT_MAX = 100
/** Wrong second steps of one account: a million codes, of which three count at a time. */
export const SECOND_STEP_FAILURES_MAX = 5
/** Wrong present passwords of somebody who is signed in and wants to change it. */
export const PASSWORD_CHECK_FAILURES_MAX = 10
/** Links to a new password that one account, and one address, may ask for. */
export const RESETS_OF_ACCOUNT_MAX = 3
export const RESETS_OF_ADDRESS_MAX = 20
/** Links that turn out to be none, tried from one address. */
export const LINK_FAILURES_OF_ADDRESS_MAX = 30

/** What a sign-in is counted under; the pair first, which a success forgets. */
export function signInRules({ account, address }: { account: string; address: string }): AttemptRule[] {
  return [
    { key: `pair ${address} ${account}`, failuresMax: SIGN_IN_FAILURES_OF_PAIR_MAX },
    { key: `address ${address}`, failuresMax: SIGN_IN_FAILURES_OF_ADDRESS_MAX },
    { key: `account ${account}`, failuresMax: SIGN_IN_FAILURES_OF_ACCOUNT_MAX },
  ]
}
