import { auditedAct, stopRolloutsAudited } from '@sarai/api'
import { CAREFUL_WAVES, type MigrationReport, type RolloutEvent } from '@sarai/db'
import type { Command } from 'commander'
import { inSession } from './command.ts'
import { SomeFailed } from './exit-codes.ts'
import type { Printer } from './print.ts'

export function addMigrateCommands(program: Command): void {
  const migrate = program.command('migrate').description('bring tenants to the newest schema')
  migrate
    .command('status')
    .description('which schemas the fleet has, and how far the newest rollout is')
    .action(async (_options: object, command: Command) =>
      inSession(command, async ({ database, print }) => print.value(await database.rolloutStatus())),
    )
  migrate
    .command('run')
    .description(
      'migrates what is behind while it is served; goes on past one that fails; resumes what was cut off',
    )
    .option('--dry-run', 'say what would be done and do nothing')
    .option('--waves', 'one tenant, then 5 %, 25 % and all; stops when a wave fails or answers slowly')
    .option('--tenant <key...>', 'these alone')
    .action(async (options: RunOptions, command: Command) =>
      inSession(command, async ({ database, print, acting }) => {
        const migrating = database.migrateTenants({
          dryRun: options.dryRun,
          waves: options.waves ? CAREFUL_WAVES : undefined,
          tenantKeys: options.tenant,
          onEvent: (event) => tellEvent(print, event),
        })
        const report = options.dryRun
          ? await migrating
          : await auditedAct(acting, migrating, ({ migrated, failed }) => ({
              action: 'installation.migrated',
              after: { tenants: migrated.length, failed: failed.length },
            }))
        print.value(describe(report))
        requireSuccess(report)
      }),
    )
  migrate
    .command('stop')
    .description('asks whatever runs, in any process, to begin no further tenant; those begun are finished')
    .action(async (_options: object, command: Command) =>
      inSession(command, async ({ print, acting }) => print.value(await stopRolloutsAudited(acting))),
    )
}

interface RunOptions {
  dryRun?: boolean
  waves?: boolean
  tenant?: string[]
}

function tellEvent(print: Printer, event: RolloutEvent): void {
  const words = Object.entries(event).map(([name, value]) =>
    name === 'type' ? value : `${name} ${tell(value)}`,
  )
  print.progress(words.join(' · '))
}

function tell(value: unknown): string {
  return value instanceof Error ? value.message : String(value)
}

function describe({ planned, failed, ...report }: MigrationReport): object {
  return {
    ...report,
    planned: planned.map(({ tenantKey }) => tenantKey),
    failed: failed.map(({ tenantKey, error }) => ({ tenantKey, error: tell(error) })),
  }
}

function requireSuccess({ failed, stopped }: MigrationReport): void {
  if (stopped !== null) throw new SomeFailed(`Stopped: ${stopped}. Mend it, then run the same command again.`)
  if (failed.length > 0)
    throw new SomeFailed(`${failed.length} tenants stay behind. Mend them, then run the same command again.`)
}
