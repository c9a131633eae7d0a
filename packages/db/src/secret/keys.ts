import type { Kysely } from 'kysely'
import type { Keyring } from '../master/secret.ts'
import type { MasterTables } from '../master/tables.ts'

/** Every key that the control plane keeps. @throws Error for keys of another secret. */
export async function learnKeys(master: Kysely<MasterTables>, keyring: Keyring): Promise<void> {
  keyring.learn(
    await master.selectFrom('secret_keys').select(['version', 'wrapped_key as wrapped']).execute(),
  )
}

/** Another process may have made a key since this one looked. */
export async function learnKeyOf(
  master: Kysely<MasterTables>,
  keyring: Keyring,
  sealed: string,
): Promise<void> {
  if (!keyring.knows(sealed)) await learnKeys(master, keyring)
}
