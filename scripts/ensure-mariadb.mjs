import { join } from 'node:path'
import { run } from './children.mjs'
import { installFromDistribution } from './debian-packages.mjs'
import { BIN, ROOT } from './paths.mjs'
import { Stop } from './say.mjs'

/** A server to use (DATABASE_URL), or a mariadbd to start a private one with. */
export async function ensureMariadb() {
  if (!process.env['DATABASE_URL']) await ensureMariadbProgram()
}

export async function ensureMariadbProgram() {
  if (await isFound()) return
  const byHand =
    process.platform === 'darwin'
      ? 'brew install mariadb'
      : 'sudo apt-get install --no-install-recommends mariadb-server-core'
  await installFromDistribution({
    name: 'A MariaDB server (mariadbd)',
    packages: ['mariadb-server-core'],
    advice: `Install it with: ${byHand}   (or set DATABASE_URL=mysql://user:password@host:port to use one that is there)`,
  })
  if (!(await isFound()))
    throw new Stop('MariaDB was installed, but no mariadbd can be found.', 'Put its folder on PATH.')
}

/** Asks the code that will start it, so that both look in the same places. */
async function isFound() {
  const { code } = await run(join(BIN, 'node'), [join(ROOT, 'scripts', 'has-mariadb.ts')], { output: 'keep' })
  return code === 0
}
