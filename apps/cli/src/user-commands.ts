import {
  auditedAct,
  auditedPerson,
  createPerson,
  endSessions,
  listAllUsers,
  resetPassword,
  setOperator,
  switchTwoFactorOff,
} from '@sarai/api'
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
          'hasTwoFactor',
          'sessionCount',
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
      inSession(command, async ({ database, print, acting }) =>
        print.value(
          await auditedPerson(acting, 'user.created', createPerson(database.master, { email, name })),
        ),
      ),
    )
  addAccessCommands(user)
  addOperatorCommands(user)
}

/** How somebody gets in, and stays in. */
function addAccessCommands(user: Command): void {
  user
    .command('reset-password <email>')
    .description('a new password, which is printed once; ends all their sessions')
    .action(async (email: string, _options: object, command: Command) =>
      inSession(command, async ({ database, print, acting }) =>
        print.value(await auditedPerson(acting, 'user.password-reset', resetPassword(database, { email }))),
      ),
    )
  user
    .command('end-sessions <email>')
    .description('signs them out on every device')
    .action(async (email: string, _options: object, command: Command) =>
      inSession(command, async ({ database, print, acting }) =>
        print.value(
          await auditedAct(acting, endSessions(database, { email }), ({ userId, sessions, ...person }) => ({
            action: 'user.sessions-ended',
            entity: { id: userId, name: person.email },
            after: { sessions },
          })),
        ),
      ),
    )
  user
    .command('two-factor-off <email>')
    .description('for who has lost their device and every recovery code: the password alone lets them in')
    .action(async (email: string, _options: object, command: Command) =>
      inSession(command, async ({ database, print, acting }) =>
        print.value(
          await auditedPerson(acting, 'user.two-factor-disabled', switchTwoFactorOff(database, { email })),
        ),
      ),
    )
}

function addOperatorCommands(user: Command): void {
  for (const [verb, isOperator, action] of [
    ['make-operator', true, 'user.operator-made'],
    ['remove-operator', false, 'user.operator-unmade'],
  ] as const) {
    user
      .command(`${verb} <email>`)
      .description(
        isOperator ? 'may run the installation from now on' : 'may not run the installation any more',
      )
      .action(async (email: string, _options: object, command: Command) =>
        inSession(command, async ({ database, print, acting }) =>
          print.value(await auditedPerson(acting, action, setOperator(database, { email, isOperator }))),
        ),
      )
  }
}
