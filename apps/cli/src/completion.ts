import { listTenantKeys } from '@sarai/api'
import type { Command } from 'commander'
import { withDatabase } from './open-installation.ts'

const SCRIPTS = {
  bash: `_sarai() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(npx --no-install sarai complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _sarai sarai
`,
  zsh: `#compdef sarai
_sarai() {
  local -a found
  found=(\${(f)"$(npx --no-install sarai complete -- "\${words[@]:1:$((CURRENT-1))}" 2>/dev/null)"})
  compadd -a found
}
compdef _sarai sarai
`,
  fish: `complete -c sarai -f -a '(npx --no-install sarai complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`,
} as const

export const SHELLS = Object.keys(SCRIPTS)

export function findScript(shell: string): string | undefined {
  return Object.entries(SCRIPTS).find(([name]) => name === shell)?.[1]
}

/**
 * What can stand where the last of the words is: commands, options, or the keys of tenants where a command takes one.
 * Nothing, if the installation cannot be asked: a completion never complains.
 */
export async function complete(program: Command, words: readonly string[]): Promise<string[]> {
  const typed = words.at(-1) ?? ''
  let command = program
  for (const word of words.slice(0, -1)) {
    command = command.commands.find((each) => each.name() === word) ?? command
  }
  if (typed.startsWith('-'))
    return command.options.flatMap(({ long }) => long ?? []).filter(startsWith(typed))
  if (command.commands.length > 0)
    return command.commands.map((each) => each.name()).filter(startsWith(typed))
  const takesKey = command.registeredArguments.some((argument) => argument.name() === 'key')
  return takesKey ? (await listKeys(typed)).filter(startsWith(typed)) : []
}

const startsWith = (typed: string) => (name: string) => name.startsWith(typed)

async function listKeys(prefix: string): Promise<string[]> {
  return withDatabase(
    () => undefined,
    ({ database }) => listTenantKeys(database.master, { prefix }),
  ).catch(() => [])
}
