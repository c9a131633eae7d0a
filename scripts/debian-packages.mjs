import { existsSync } from 'node:fs'
import { run } from './children.mjs'
import { step, Stop } from './say.mjs'

/**
 * What is missing, the packages that bring it, others for a distribution that does not have those, what to do by hand.
 * @typedef {{ name: string, packages: string[], otherwise?: string[], advice: string }} Missing
 */

/**
 * Installs what is missing from the distribution, where that needs nobody's password; elsewhere stops and says
 * what to do.
 * @param {Missing} missing
 */
export async function installFromDistribution(missing) {
  const prefix = await findAptGet()
  if (!prefix) throw new Stop(`${missing.name} is not installed.`, missing.advice)
  await apt([...prefix, 'apt-get', 'update', '-qq'])
  for (const packages of [missing.packages, missing.otherwise]) {
    if (!packages) continue
    const install = [...prefix, 'apt-get', 'install', '-y', '--no-install-recommends', ...packages]
    step(`${missing.name} is not installed. Installing it from the distribution: ${install.join(' ')}`)
    if ((await apt(install)) === 0) return
  }
  throw new Stop(`${missing.name} could not be installed (see above).`, missing.advice)
}

/** @returns {Promise<string[] | undefined>} what to put before apt-get: nothing for root, else sudo */
async function findAptGet() {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version')) return undefined
  if (process.getuid?.() === 0) return (await succeeds(['apt-get', '--version'])) ? [] : undefined
  return (await succeeds(['sudo', '-n', 'apt-get', '--version'])) ? ['sudo', '-n'] : undefined
}

/** @param {string[]} command */
async function succeeds([program = '', ...args]) {
  return run(program, args, { output: 'keep' }).then(
    ({ code }) => code === 0,
    () => false,
  )
}

/** @param {string[]} command */
async function apt([program = '', ...args]) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return (await run(program, args, { env })).code
}
