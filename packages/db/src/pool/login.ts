import type { Login } from './driver.ts'
import { AccountUnusable } from './server-error.ts'
import type { Account } from './types.ts'

/** The password is asked for here and goes no further than the driver. */
export function loginOf(account: Account): Login {
  return { user: account.user, password: passwordOf(account), database: account.database }
}

function passwordOf(account: Account): string {
  try {
    return account.password()
  } catch (cause) {
    throw new AccountUnusable(`the password of ${account.label} cannot be had`, { cause })
  }
}
