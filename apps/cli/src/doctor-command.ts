import { statfs } from 'node:fs/promises'
import { resolve } from 'node:path'
import { examineInstallation, type Finding } from '@sarai/db'
import type { Command } from 'commander'
import { printerOf } from './command.ts'
import { SomeFailed } from './exit-codes.ts'
import { openServer } from './open-installation.ts'

/** A database that cannot write stops everything. */
const DISK_FREE_MIN_BYTES = 1_000_000_000
const GIGABYTE = 1_000_000_000
const MARKS: Record<Finding['state'], string> = { ok: 'ok', warning: 'look', problem: 'MEND' }

type Told = Omit<Finding, 'check'> & { check: string }

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('finds what is wrong in an installation and says what to do; changes nothing')
    .action(async (_options: object, command: Command) => {
      const print = printerOf(command)
      await using installation = await openServer(print.progress)
      const { server, secret, env } = installation
      const findings: Told[] = await examineInstallation({ server, secret })
      if (!env.DATABASE_URL) findings.push(await checkDisk(env.DATA_DIR))
      if (command.optsWithGlobals<{ json?: boolean }>().json) print.rows(findings, [])
      else process.stdout.write(findings.map(describe).join(''))
      const count = findings.filter(({ state }) => state === 'problem').length
      if (count > 0) throw new SomeFailed(`${count === 1 ? 'One thing' : `${count} things`} to mend.`)
    })
}

async function checkDisk(dataDir: string): Promise<Told> {
  const { bavail, bsize } = await statfs(resolve(dataDir))
  const free = bavail * bsize
  const found = `${(free / GIGABYTE).toFixed(1)} GB are free where the data is.`
  if (free >= DISK_FREE_MIN_BYTES) return { check: 'disk', state: 'ok', found, advice: null }
  return { check: 'disk', state: 'problem', found, advice: 'Make room, or move the folder and set DATA_DIR.' }
}

function describe({ check, state, found, advice }: Told): string {
  const line = `${MARKS[state].padEnd(5)} ${check.padEnd(14)} ${found}\n`
  return advice === null ? line : `${line}${' '.repeat(21)}→ ${advice}\n`
}
