import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './children.mjs'
import { installFromDistribution } from './debian-packages.mjs'
import { BIN, ROOT } from './paths.mjs'
import { Stop } from './say.mjs'

/** Where distributions put it. Without a window to draw, the same Chromium needs a third less processor time. */
const SYSTEM_CHROMIUMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
const FONTS = 'fonts-dejavu-core'

/**
 * The browser for the end-to-end tests: Playwright's own if it has been downloaded, else the system's.
 * @returns {Promise<string>} its path
 */
export async function ensureChromium() {
  const found = (await findPlaywrights()) ?? findSystems()
  if (found) return found
  await installFromDistribution({
    name: 'Chromium (for the end-to-end tests)',
    packages: ['chromium-headless-shell', FONTS],
    otherwise: ['chromium', FONTS],
    advice: 'Install it with: npx playwright install --with-deps chromium',
  })
  const installed = findSystems()
  if (!installed)
    throw new Stop(
      `Chromium was installed, but it is not at ${SYSTEM_CHROMIUMS.join(' or ')}.`,
      'Link it there.',
    )
  return installed
}

async function findPlaywrights() {
  const program = "import { chromium } from '@playwright/test'; console.log(chromium.executablePath())"
  const { output } = await run(join(BIN, 'node'), ['--input-type=module', '-e', program], {
    cwd: join(ROOT, 'e2e'),
    output: 'keep',
  })
  const path = output.trim()
  return existsSync(path) ? path : undefined
}

function findSystems() {
  return SYSTEM_CHROMIUMS.find((path) => existsSync(path))
}
