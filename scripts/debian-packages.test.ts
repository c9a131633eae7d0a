import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { installFromDistribution } from './debian-packages.mjs'

const MISSING = { name: 'A MariaDB server', packages: ['mariadb-server-core'], advice: 'Install it by hand.' }
const SYSTEM_PATH = process.env['PATH']
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sarai-apt-'))
  process.env['PATH'] = folder
})
afterEach(() => {
  process.env['PATH'] = SYSTEM_PATH
  rmSync(folder, { recursive: true })
})

/** Takes the place of the real one on PATH and writes down how it was called. */
function putProgram(name: string, exitCode: number): void {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> ${folder}/calls\nexit ${exitCode}\n`)
  chmodSync(file, 0o755)
}

function calls(): string[] {
  const lines = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
  return lines.filter((line) => !line.endsWith('--version'))
}

test('where nothing can be installed, nothing is, and the one command to run is said', async () => {
  await expect(installFromDistribution(MISSING)).rejects.toThrow('not installed.\n  Install it by hand.')
})

describe.runIf(process.platform === 'linux' && existsSync('/etc/debian_version'))(
  'on Debian and Ubuntu',
  () => {
    test.runIf(process.getuid?.() === 0)('root updates the lists, then installs without extras', async () => {
      putProgram('apt-get', 0)
      await installFromDistribution(MISSING)
      expect(calls()).toEqual([
        'apt-get update -qq',
        'apt-get install -y --no-install-recommends mariadb-server-core',
      ])
    })

    test.runIf(process.getuid?.() !== 0)('others do the same through sudo, which must not ask', async () => {
      putProgram('sudo', 0)
      await installFromDistribution(MISSING)
      expect(calls()).toEqual([
        'sudo -n apt-get update -qq',
        'sudo -n apt-get install -y --no-install-recommends mariadb-server-core',
      ])
    })

    test.runIf(process.getuid?.() === 0)(
      'what a distribution does not have is made up for by other packages',
      async () => {
        writeFileSync(
          join(folder, 'apt-get'),
          `#!/bin/sh\necho "apt-get $*" >> ${folder}/calls\ncase "$*" in *core) exit 100;; esac\n`,
        )
        chmodSync(join(folder, 'apt-get'), 0o755)
        await installFromDistribution({ ...MISSING, otherwise: ['mariadb-server'] })
        expect(calls().slice(1)).toEqual([
          'apt-get install -y --no-install-recommends mariadb-server-core',
          'apt-get install -y --no-install-recommends mariadb-server',
        ])
      },
    )

    test('an installation that fails says what to do by hand', async () => {
      putProgram('sudo', 1)
      writeFileSync(join(folder, 'apt-get'), '#!/bin/sh\n[ "$1" = --version ]\n')
      chmodSync(join(folder, 'apt-get'), 0o755)
      await expect(installFromDistribution(MISSING)).rejects.toThrow('Install it by hand.')
    })
  },
)
