import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb } from './build-web.mjs'
import { command as check } from './check.mjs'
import { run } from './children.mjs'
import { ensureChromium } from './ensure-chromium.mjs'
import { ensureMariadbProgram } from './ensure-mariadb.mjs'
import { BIN, ROOT, toolEnvironment } from './paths.mjs'
import { NO_TESTS, readReport } from './test-results.mjs'

/** @typedef {import('./test-results.mjs').Count} Count */
/** @typedef {{ name: string, title: string, again: string, run: (env: NodeJS.ProcessEnv) => Promise<Count> }} Stage */

/** In this order: what fails fast comes first. @type {readonly Stage[]} */
export const STAGES = [
  {
    name: 'check',
    title: 'Format, lint, types, import walls, unused code',
    again: 'npm run check',
    run: async () => asCount(await check()),
  },
  {
    name: 'unit',
    title: 'Unit tests',
    again: 'npm test -- unit',
    run: (env) => vitest('unit', env),
  },
  {
    name: 'build',
    title: 'Build and its size',
    again: 'npm test -- build',
    run: async (env) => {
      await buildWeb()
      const { code } = await run(join(BIN, 'node'), ['scripts/check-bundle.ts'], { cwd: ROOT, env })
      return asCount(code)
    },
  },
  {
    name: 'integration',
    title: 'Integration tests on a real MariaDB',
    again: 'npm test -- integration',
    run: async (env) => {
      await ensureMariadbProgram()
      return vitest('integration', env)
    },
  },
  {
    name: 'e2e',
    title: 'End to end in Chromium',
    again: 'npm test -- e2e',
    run: async (env) => {
      await ensureMariadbProgram()
      const chromium = await ensureChromium()
      await buildWeb()
      return playwright({ ...env, CHROMIUM_PATH: chromium })
    },
  },
]

/** @param {number} code */
function asCount(code) {
  return code === 0 ? NO_TESTS : { ...NO_TESTS, failed: 1 }
}

/**
 * @param {string} project
 * @param {NodeJS.ProcessEnv} env
 */
async function vitest(project, env) {
  const report = freshReport(project)
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const { code } = await run(join(BIN, 'vitest'), args, { cwd: ROOT, env })
  return readReport(report, code)
}

/** @param {NodeJS.ProcessEnv} env */
async function playwright(env) {
  const report = freshReport('e2e')
  const folder = join(ROOT, 'e2e')
  const { code } = await run(
    join(folder, 'node_modules', '.bin', 'playwright'),
    ['test', '--reporter=list,json'],
    {
      cwd: folder,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    },
  )
  return readReport(report, code)
}

/** A report of an earlier run would be counted again. @param {string} name */
function freshReport(name) {
  const path = join(ROOT, 'test-results', `${name}.json`)
  rmSync(path, { force: true })
  return path
}

/**
 * Tests have a server, ports and folders of their own, whatever this shell says about an installation. All that
 * they write is in one folder, so that a run that was interrupted can be cleaned up after as well.
 * @param {string} folder
 */
export function testEnvironment(folder) {
  const env = Object.entries(toolEnvironment()).filter(([name]) => !INSTALLATION_VARIABLE.test(name))
  return { ...Object.fromEntries(env), NODE_ENV: 'test', DATA_DIR: join(folder, 'data'), TMPDIR: folder }
}

const INSTALLATION_VARIABLE =
  /^(PORT|HOST|PUBLIC_URL|TRUSTED_PROXIES|DATABASE_URL|APP_SECRET|INTERNAL_API_TOKEN|SARAI_DEMO|LOG_LEVEL|POOL_\w+|TENANT_\w+)$/
