import { resolve } from 'node:path'
import { beginClone, beginExportToFile, beginImport, CloneTenantInput, ImportTenantInput } from '@sarai/api'
import type { ArchiveProgress, ImportedTenant } from '@sarai/db'
import type { Command } from 'commander'
import { cancelOnSignal } from './cancel-on-signal.ts'
import { inSession } from './command.ts'
import { UsageError } from './exit-codes.ts'
import type { Printer } from './print.ts'

interface IntoOptions {
  key: string
  name?: string
  owner?: string
}

/** Adds them to `sarai tenant`. Each is a transfer as the page's: seen there, and cancelled from there too. */
export function addArchiveCommands(tenant: Command): void {
  tenant
    .command('export <key>')
    .description(
      'writes a tenant into one file, with its attached files and a manifest, without API keys; works while it is in use',
    )
    .requiredOption('--to <file>', 'a file that is not there yet')
    .action(async (tenantKey: string, { to }: { to: string }, command: Command) =>
      inSession(command, async ({ print, transferring }) => {
        const path = resolve(to)
        const exported = await cancelOnSignal(print, async (signal) => {
          const waiting = { signal, onProgress: teller(print) }
          const { ended } = await beginExportToFile(transferring, { tenantKey, path }, waiting)
          return ended.catch(explainFile)
        })
        const { tables, archive: _stored, ...counts } = exported
        print.value({ tenantKey, file: path, tables: tables.length, ...counts })
      }),
    )
  addImport(tenant)
  addClone(tenant)
}

function addImport(tenant: Command): void {
  tenant
    .command('import <file>')
    .description('makes a tenant of such a file; refused as a whole if anything in it is not right')
    .requiredOption('--key <key>', 'of the new tenant')
    .option('--name <name>', 'default: as in the file')
    .option('--owner <email>', 'somebody of this installation who owns it')
    .action(async (file: string, options: IntoOptions, command: Command) => {
      const input = { ...ImportTenantInput.parse(toInto(options)), path: resolve(file) }
      await inSession(command, async ({ print, transferring }) =>
        tell(
          print,
          await cancelOnSignal(print, async (signal) => {
            const waiting = { signal, onProgress: teller(print) }
            return (await beginImport(transferring, input, waiting)).ended
          }),
        ),
      )
    })
}

function addClone(tenant: Command): void {
  tenant
    .command('clone <key>')
    .description('another tenant with the same rows and files; works while the first is in use')
    .requiredOption('--key <key>', 'of the new tenant')
    .option('--name <name>', 'default: as the first one')
    .option('--owner <email>', 'somebody of this installation who owns it')
    .action(async (tenantKey: string, options: IntoOptions, command: Command) => {
      const input = CloneTenantInput.parse({ tenantKey, ...toInto(options) })
      await inSession(command, async ({ print, transferring }) =>
        tell(
          print,
          await cancelOnSignal(print, async (signal) => {
            const waiting = { signal, onProgress: teller(print) }
            return (await beginClone(transferring, input, waiting)).ended
          }),
        ),
      )
    })
}

function toInto({ key, name, owner }: IntoOptions) {
  return { intoKey: key, name, ownerEmail: owner }
}

/** A line for each step and each table, not for each few hundred rows. */
function teller(print: Printer): (progress: ArchiveProgress) => void {
  let last = ''
  return ({ step, table, done, total }) => {
    const place = table === null ? step : `${step} ${table}`
    if (place === last) return
    last = place
    print.progress(total === null ? place : `${place}: ${done}/${total}`)
  }
}

function tell(print: Printer, { tenant, tables: _compared, ...counts }: ImportedTenant): void {
  const { tenantKey, name, status, schemaVersion } = tenant
  print.value({ tenantKey, name, status, schemaVersion, ...counts })
}

function explainFile(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EEXIST') throw new UsageError('This file is there already. Choose another with --to.')
  if (code === 'ENOENT')
    throw new UsageError('There is no such folder. Make it, or choose another with --to.')
  if (code === 'EACCES' || code === 'EROFS')
    throw new UsageError('The file cannot be written there. Choose another with --to.')
  if (code === 'ENOSPC') throw new UsageError('The disk is full. Choose another place with --to.')
  throw error
}
