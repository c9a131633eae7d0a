// npm start | test | run dev | run check | run bench | run history. Runs on Node 20 with nothing installed, so it imports only Node's
// own modules and its neighbours; what it starts runs on the workspace's Node.
import { checkNode } from './check-node.mjs'
import { watchInterrupts } from './children.mjs'
import { installPackages } from './install-packages.mjs'
import { Stop } from './say.mjs'

/** @type {Record<string, () => Promise<{ command: (args: string[]) => Promise<number> }>>} */
const COMMANDS = {
  start: () => import('./start.mjs'),
  dev: () => import('./dev.mjs'),
  test: () => import('./test.mjs'),
  check: () => import('./check.mjs'),
  isolation: () => import('./isolation.mjs'),
  fuzz: () => import('./fuzz.mjs'),
  history: () => import('./history.mjs'),
  mutate: () => import('./mutate.mjs'),
  bench: () => import('./bench.mjs'),
}

/** @param {string[]} argv */
async function main([name = '', ...args]) {
  const load = COMMANDS[name]
  if (!load)
    throw new Stop(`There is no command "${name}".`, `Use one of: ${Object.keys(COMMANDS).join(', ')}.`)
  checkNode(process.versions.node)
  watchInterrupts()
  await installPackages()
  const { command } = await load()
  return command(args)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Stop)) throw error
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
}
