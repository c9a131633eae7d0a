import { createPerson, listAllUsers, resetPassword, setOperator } from '@sarai/api'
import type { Command } from 'commander'
import { inSession } from './command.ts'

export function addUserCommands(program: Command): void {
  const user = program.command('user').description('people of the installation')
  user
    .command('list')
    .description('everybody, by e-mail')
    .option('--search <text>', 'a part of the name or the e-mail')
    .action(async (options: { search?: string }, command: Command) =>
      inSession(command, async ({ database, print }) =>
        print.rows(await listAllUsers(database.master, options), [
          'email',
          'name',
          'isOperator',
          'tenantCount',
          'createdAt',
        ]),
      ),
    )
  user
    .command('create <email>')
    .description('somebody new, with a first password, which is printed once')
    .requiredOption('--name <name>', 'as others see it')
    .action(async (email: string, { name }: { name: string }, command: Command) =>
      inSession(command, async ({ database, print }) =>
        print.value(await createPerson(database.master, { email, name })),
      ),
    )
  user
    .command('reset-password <email>')
    .description('a new password, which is printed once; ends all their sessions')
    .action(async (email: string, _options: object, command: Command) =>
      inSession(command, async ({ database, print }) =>
        print.value(await resetPassword(database, { email })),
      ),
    )
  for (const [verb, isOperator] of [
    ['make-operator', true],
    ['remove-operator', false],
  ] as const) {
    user
      .command(`${verb} <email>`)
      .description(
        isOperator ? 'may run the installation from now on' : 'may not run the installation any more',
      )
      .action(async (email: string, _options: object, command: Command) =>
        inSession(command, async ({ database, print }) =>
          print.value(await setOperator(database, { email, isOperator })),
        ),
      )
  }
}
