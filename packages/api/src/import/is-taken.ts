import { isDuplicateKey } from '@sarai/db'

/** Whether a statement failed because another living customer has the phone or the e-mail. */
export function isTaken(error: unknown): boolean {
  return isDuplicateKey(error, 'customers_live_email') || isDuplicateKey(error, 'customers_live_phone')
}
