import { audited, auditedAct } from '@sarai/api'
import type { Command } from 'commander'
import { inSession } from './command.ts'
import { SomeFailed } from './exit-codes.ts'

export function addSecretCommands(program: Command): void {
  const secret = program.command('secret').description('the keys and passwords of the installation')
  secret
    .command('rotate [key]')
    .description(
      'a new key for all that is sealed; or, with the key of a tenant, new passwords for its accounts',
    )
    .action(async (tenantKey: string | undefined, _options: object, command: Command) =>
      inSession(command, async ({ database, print, acting }) => {
        if (tenantKey !== undefined) {
          const rotated = database.rotateTenantPassword(tenantKey)
          return print.value(await audited(acting, 'tenant.password-rotated', rotated))
        }
        const rotation = await auditedAct(acting, database.rotateSecretKey(), ({ unreadable }) => ({
          action: 'installation.key-rotated',
          after: { failed: unreadable.length },
        }))
        print.value(rotation)
        if (rotation.unreadable.length > 0) {
          throw new SomeFailed(
            'Some secrets do not open and stay as they are: set these tenants new passwords.',
          )
        }
      }),
    )
}
