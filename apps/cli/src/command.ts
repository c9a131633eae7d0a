import type { Acting, Transferring } from '@sarai/api'
import type { Database } from '@sarai/db'
import type { Command } from 'commander'
import { actingBy } from './acting.ts'
import { withDatabase } from './open-installation.ts'
import { makePrinter, type Printer } from './print.ts'

/** What a command is given besides its arguments. */
export interface Session {
  database: Database
  print: Printer
  /** For what changes something: it is written down. */
  acting: Acting
  /** The same with the files of tenants. */
  transferring: Transferring
}

/** `--json` is an option of the program, so that it may stand anywhere. */
export function printerOf(command: Command): Printer {
  return makePrinter({ isJson: command.optsWithGlobals<{ json?: boolean }>().json === true })
}

/** Opens the installation for one command and closes it again, whatever comes of it. */
export async function inSession(command: Command, work: (session: Session) => Promise<void>): Promise<void> {
  const print = printerOf(command)
  await withDatabase(print.progress, ({ database, files }) => {
    const acting = actingBy(command, database)
    return work({ database, print, acting, transferring: { ...acting, files } })
  })
}
