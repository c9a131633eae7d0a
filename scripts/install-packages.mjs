import { copyFileSync, existsSync, linkSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, wasInterrupted } from './children.mjs'
import { isInstalled, stampInstalled } from './install-stamp.mjs'
import { checkWritable } from './check-writable.mjs'
import { BIN, ROOT, TOOLCHAIN_BIN } from './paths.mjs'
import { elapsed, step, Stop } from './say.mjs'

const NODE = join(BIN, 'node')
const PNPM = join(TOOLCHAIN_BIN, 'pnpm')
const OFFLINE =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|fetch failed|error sending request/i

/** The toolchain and every package, as the lock file says. Does nothing when they are there. */
export async function installPackages() {
  if (isInstalled(ROOT) && existsSync(NODE) && existsSync(PNPM)) return
  checkWritable(ROOT)
  const startedAt = Date.now()
  step('Installing the toolchain and packages (the first time takes a minute) …')
  await pnpmInstall()
  if (!(await nodeWorks())) {
    step('An earlier install was cut short; starting it again from nothing …')
    rmSync(join(ROOT, 'node_modules'), { recursive: true, force: true })
    await pnpmInstall()
  }
  await keepPnpm()
  stampInstalled(ROOT)
  step(`Installed in ${elapsed(startedAt)}`)
}

/** @returns {string} such as pnpm@12.21.0; package.json is the only place that says so */
function pinnedPnpm() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).packageManager
}

async function pnpmInstall() {
  const args = ['--yes', pinnedPnpm(), 'install', '--frozen-lockfile']
  // CI: pnpm asks nothing, not even whether it may replace a node_modules that something else made.
  const { code, output } = await run('npx', args, {
    cwd: ROOT,
    env: { ...process.env, CI: 'true' },
    output: 'both',
  })
  if (code === 0) return
  if (wasInterrupted())
    throw new Stop('Interrupted while installing.', 'Run the same command again to go on.')
  if (OFFLINE.test(output)) {
    throw new Stop(
      'The package registry cannot be reached, so the packages cannot be installed.',
      'Check the network (or the proxy in `npm config list`) and run the same command again.',
    )
  }
  if (output.includes('OUTDATED_LOCKFILE')) {
    throw new Stop(
      'A package.json names dependencies that pnpm-lock.yaml does not have.',
      `If you added one: npx ${pinnedPnpm()} install --no-frozen-lockfile`,
    )
  }
  throw new Stop(
    `The packages could not be installed (see above; exit code ${code}).`,
    'Run the same command again; if that does not help, delete the folder node_modules first.',
  )
}

async function nodeWorks() {
  if (!existsSync(NODE)) return false
  try {
    return (await run(NODE, ['--version'], { output: 'keep' })).code === 0
  } catch {
    return false
  }
}

/** turbo starts packages' scripts through a `pnpm` on PATH: keep the one that npx brought, also for offline. */
async function keepPnpm() {
  const print = ['--yes', pinnedPnpm(), 'exec', NODE, '-p', 'process.env.PATH']
  const { output } = await run('npx', print, { cwd: ROOT, output: 'keep' })
  const folders = output.split(delimiter).map((folder) => folder.trim().split('\n').at(-1) ?? '')
  const found = folders
    .map((folder) => join(folder, 'pnpm'))
    .find((file) => file !== PNPM && existsSync(file))
  if (!found)
    throw new Stop(
      'pnpm came through npx but cannot be found.',
      'Run `npm cache clean --force`, then try again.',
    )
  mkdirSync(TOOLCHAIN_BIN, { recursive: true })
  rmSync(PNPM, { force: true })
  const program = realpathSync(found)
  try {
    linkSync(program, PNPM)
  } catch {
    copyFileSync(program, PNPM)
  }
}
