import { cancelAudited, listTransfers, TransferIdInput } from '@sarai/api'
import type { Command } from 'commander'
import { inSession } from './command.ts'

const COLUMNS = ['id', 'kind', 'state', 'fromKey', 'intoKey', 'requester', 'startedAt', 'endedAt', 'failure']

/** Exports, imports and copies of tenants, in whichever process they run. */
export function addTransferCommands(program: Command): void {
  const transfer = program.command('transfer').description('exports, imports and copies of tenants')
  transfer
    .command('list')
    .description('the newest first, fifty at most')
    .option('--tenant <key>', 'from or into this one')
    .action(async ({ tenant }: { tenant?: string }, command: Command) =>
      inSession(command, async ({ database, print }) => {
        const { items } = await listTransfers(database, { tenantKey: tenant })
        print.rows(items, COLUMNS)
      }),
    )
  transfer
    .command('cancel <id>')
    .description('ends one that runs, in whichever process; what it had made is taken away')
    .action(async (id: string, _options: object, command: Command) => {
      const input = TransferIdInput.parse({ transferId: id })
      await inSession(command, async ({ print, acting }) => {
        const { state, cancelAskedAt } = await cancelAudited(acting, input)
        print.value({ id, state, cancelAskedAt })
      })
    })
}
