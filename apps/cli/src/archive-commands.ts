import { resolve } from 'node:path'
import { auditedAct, CreateTenantInput, importWithOwner, nameTenant } from '@sarai/api'
import type { ArchiveProgress, ImportedTenant } from '@sarai/db'
import type { Command } from 'commander'
import { inSession } from './command.ts'
import { UsageError } from './exit-codes.ts'
import type { Printer } from './print.ts'

interface IntoOptions {
  key: string
  name?: string
  owner?: string
}

/** Adds them to `sarai tenant`. */
export function addArchiveCommands(tenant: Command): void {
  tenant
    .command('export <key>')
    .description(
      'writes a tenant into one file, with a manifest, without the bytes of attached files; works while it is in use',
    )
    .requiredOption('--to <file>', 'a file that is not there yet')
    .action(async (tenantKey: string, { to }: { to: string }, command: Command) =>
      inSession(command, async ({ database, print, acting }) => {
        const path = resolve(to)
        const exported = database
          .exportTenant(tenantKey, { path, onProgress: teller(print) })
          .catch(explainFile)
        const { tables, schemaVersion } = await auditedAct(acting, exported, async () => ({
          action: 'tenant.exported',
          entity: await nameTenant(database, tenantKey),
        }))
        const rows = tables.reduce((sum, table) => sum + table.rows, 0)
        print.value({ tenantKey, file: path, schemaVersion, tables: tables.length, rows })
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
      const tenantKey = CreateTenantInput.shape.tenantKey.parse(options.key)
      await inSession(command, async ({ database, print, acting }) => {
        const making = importWithOwner(database, { ownerEmail: options.owner }, () =>
          database.importTenant({
            path: resolve(file),
            tenantKey,
            name: options.name,
            onProgress: teller(print),
          }),
        )
        tell(print, await auditedAct(acting, making, ({ tenant: made }) => toEntry('tenant.imported', made)))
      })
    })
}

function addClone(tenant: Command): void {
  tenant
    .command('clone <key>')
    .description('another tenant with the same rows; works while the first is in use')
    .requiredOption('--key <key>', 'of the new tenant')
    .option('--name <name>', 'default: as the first one')
    .option('--owner <email>', 'somebody of this installation who owns it')
    .action(async (tenantKey: string, options: IntoOptions, command: Command) => {
      const cloneKey = CreateTenantInput.shape.tenantKey.parse(options.key)
      await inSession(command, async ({ database, print, acting }) => {
        const making = importWithOwner(database, { ownerEmail: options.owner }, () =>
          database.cloneTenant({ tenantKey, cloneKey, name: options.name, onProgress: teller(print) }),
        )
        const after = { from: tenantKey }
        tell(
          print,
          await auditedAct(acting, making, ({ tenant: made }) => ({
            ...toEntry('tenant.cloned', made),
            after,
          })),
        )
      })
    })
}

function toEntry<Action>(action: Action, { id, name, tenantKey }: ImportedTenant['tenant']) {
  return { action, entity: { id, name: `${name} (${tenantKey})` } }
}

function teller(print: Printer): (progress: ArchiveProgress) => void {
  return ({ table, rows, done, tables }) => print.progress(`${done}/${tables} ${table}: ${rows} rows`)
}

function tell(print: Printer, { tenant, rows, members, namesOnly }: ImportedTenant): void {
  const { tenantKey, name, status, schemaVersion } = tenant
  print.value({ tenantKey, name, status, schemaVersion, rows, members, namesOnly })
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
