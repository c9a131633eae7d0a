import {
  archiveTenant,
  audited,
  createTenant,
  CreateTenantInput,
  deleteAudited,
  getListedTenant,
  listAllTenants,
  restoreTenant,
  resumeTenant,
  suspendTenant,
} from '@sarai/api'
import type { StepProgress } from '@sarai/db'
import type { Command } from 'commander'
import { addArchiveCommands } from './archive-commands.ts'
import { inSession } from './command.ts'
import { UsageError } from './exit-codes.ts'

const COLUMNS = ['tenantKey', 'name', 'status', 'schemaVersion', 'memberCount', 'createdAt', 'deletedAfter']

const VERBS = {
  suspend: {
    run: suspendTenant,
    action: 'tenant.suspended',
    text: 'nobody gets in until it is resumed; nothing is lost',
  },
  resume: { run: resumeTenant, action: 'tenant.resumed', text: 'opens a suspended tenant again' },
  archive: {
    run: archiveTenant,
    action: 'tenant.archived',
    text: 'nobody gets in; deleted for good after thirty days',
  },
  restore: { run: restoreTenant, action: 'tenant.restored', text: 'opens an archived tenant again' },
} as const

export function addTenantCommands(program: Command): void {
  const tenant = program.command('tenant').description('make, look at, close and delete tenants')
  tenant
    .command('list')
    .description('all tenants, by key')
    .option('--search <text>', 'a part of the name or the key')
    .option('--status <state>', 'active, suspended, archived, migrating or provisioning')
    .option('--behind', 'those alone whose schema is older than the newest one')
    .action(async ({ behind, ...filter }: ListOptions, command: Command) =>
      inSession(command, async ({ database, print }) =>
        print.rows(await listAllTenants(database, { ...filter, isBehind: behind }), COLUMNS),
      ),
    )
  tenant
    .command('info <key>')
    .description('one tenant')
    .action(async (tenantKey: string, _options: object, command: Command) =>
      inSession(command, async ({ database, print }) =>
        print.value(await getListedTenant(database.master, { tenantKey })),
      ),
    )
  addCreate(tenant)
  for (const [verb, { run, action, text }] of Object.entries(VERBS)) {
    tenant
      .command(`${verb} <key>`)
      .description(text)
      .action(async (tenantKey: string, _options: object, command: Command) =>
        inSession(command, async ({ database, print, acting }) =>
          print.value(await audited(acting, action, run(database, { tenantKey }))),
        ),
      )
  }
  addDelete(tenant)
  addArchiveCommands(tenant)
}

interface ListOptions {
  behind?: boolean
  search?: string
  status?: string
}

interface CreateOptions {
  name: string
  owner: string
}

function addCreate(tenant: Command): void {
  tenant
    .command('create <key>')
    .description('a new tenant with a database, an account and an owner of its own')
    .requiredOption('--name <name>', 'the name of the business')
    .requiredOption(
      '--owner <email>',
      'who owns it; somebody new gets a first password, which is printed once',
    )
    .action(async (tenantKey: string, { name, owner }: CreateOptions, command: Command) => {
      const input = CreateTenantInput.parse({ tenantKey, name, ownerEmail: owner })
      await inSession(command, async ({ database, print, acting }) => {
        print.progress(`Making ${tenantKey} …`)
        const onStep = ({ name: step, state }: StepProgress) => print.progress(`${step}: ${state}`)
        const { owner: made, ...created } = await audited(
          acting,
          'tenant.created',
          createTenant(database, input, { onStep }),
        )
        print.value({ ...created, owner: made.email, initialPassword: made.initialPassword })
      })
    })
}

function addDelete(tenant: Command): void {
  tenant
    .command('delete <key>')
    .description('deletes an archived tenant for good; there is no way back')
    .requiredOption('--confirm <key>', 'the key once more')
    .action(async (tenantKey: string, { confirm }: { confirm: string }, command: Command) => {
      if (confirm !== tenantKey) {
        throw new UsageError(
          `Not deleted: --confirm says ${confirm}. To delete it for good: --confirm ${tenantKey}`,
        )
      }
      await inSession(command, async ({ print, acting }) => {
        print.progress(`Deleting ${tenantKey}: account, connections, database …`)
        print.value({ ...(await deleteAudited(acting, { tenantKey })), status: 'deleted' })
      })
    })
}
