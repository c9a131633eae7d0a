import { hostname, userInfo } from 'node:os'
import type { Acting } from '@sarai/api'
import type { Database } from '@sarai/db'
import type { Command } from 'commander'

/** Who works at this machine, and with which command, as the audit log of the installation says it. */
export function actingBy(command: Command, database: Database): Acting {
  return {
    database,
    user: { id: null, name: `${readUserName()}@${hostname()}` },
    actorKind: 'system',
    client: { address: null, userAgent: nameOf(command) },
    requestId: null,
  }
}

/** `sarai tenant suspend`: never its arguments, which may be anybody's. */
function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()
}

/** An account that no list of users knows, as containers have, has a number and no name. */
function readUserName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}
