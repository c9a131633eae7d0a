import { Command } from 'commander'
import { complete, findScript, SHELLS } from './completion.ts'
import { addDoctorCommand } from './doctor-command.ts'
import { UsageError } from './exit-codes.ts'
import { addMigrateCommands } from './migrate-commands.ts'
import { addSecretCommands } from './secret-commands.ts'
import { addTenantCommands } from './tenant-commands.ts'
import { addTransferCommands } from './transfer-commands.ts'
import { addUserCommands } from './user-commands.ts'

const HELP = `
It works on the server that DATABASE_URL names, else on the private one under DATA_DIR (.data), also while
npm start runs.

Exit codes: 0 done · 1 a fault of Sarai's own · 2 wrong options or settings · 3 no such tenant or user ·
4 its state does not allow it · 5 the database cannot be reached: try again · 6 problems found, or some failed ·
130 cancelled, by Ctrl-C or from elsewhere.

Completion: source <(npx sarai completion bash)   (or zsh, fish)`

/** All commands, not yet run. What commander itself refuses is thrown as a CommanderError. */
export function makeProgram(): Command {
  const program = new Command('sarai')
    .description("The operator's command line of Sarai.")
    .option('--json', 'answer with JSON on standard output')
    .showHelpAfterError('(sarai --help shows what there is)')
    .addHelpText('after', HELP)
    .exitOverride()
  addTenantCommands(program)
  addTransferCommands(program)
  addMigrateCommands(program)
  addSecretCommands(program)
  addUserCommands(program)
  addDoctorCommand(program)
  addCompletion(program)
  return program
}

function addCompletion(program: Command): void {
  program
    .command('completion <shell>')
    .description(`prints what completes commands and keys of tenants: ${SHELLS.join(', ')}`)
    .action((shell: string) => {
      const script = findScript(shell)
      if (script === undefined)
        throw new UsageError(`There is no completion for ${shell}. Use ${SHELLS.join(', ')}.`)
      process.stdout.write(script)
    })
  program.command('complete [words...]', { hidden: true }).action(async (words: string[]) => {
    const found = await complete(program, words)
    process.stdout.write(found.map((word) => `${word}\n`).join(''))
  })
}
