import { CommanderError } from 'commander'
import { EXIT_CODES, type ExitCode, exitCodeOf } from './exit-codes.ts'
import { explainError } from './explain-error.ts'
import { makeProgram } from './program.ts'

/** One command, from what was typed to the code that the process ends with. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  try {
    await makeProgram().parseAsync([...args], { from: 'user' })
    return EXIT_CODES.ok
  } catch (error) {
    // It has said what is wrong; --help and --version are no mistakes.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage
    process.stderr.write(`${explainError(error)}\n`)
    return exitCodeOf(error)
  }
}
