#!/usr/bin/env node
// npx sarai …: the operator's command line. Standard output is the answer alone, so what is said here goes to the other one.
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { checkNode } from './check-node.mjs'
import { installPackages } from './install-packages.mjs'
import { BIN, ROOT, toolEnvironment } from './paths.mjs'
import { Stop } from './say.mjs'

process.stdout.write = process.stderr.write.bind(process.stderr)

try {
  checkNode(process.versions.node)
  await installPackages()
  const main = join(ROOT, 'apps/cli/src/main.ts')
  const args = ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)]
  // Files are where the operator is; the data is where npm start has it.
  const env = { ...toolEnvironment(), DATA_DIR: resolve(ROOT, process.env['DATA_DIR'] || '.data') }
  const child = spawn(join(BIN, 'node'), args, { env, stdio: 'inherit' })
  // The terminal tells both; the child closes what it has opened, and we say how that went.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => (process.exitCode = code ?? 1))
} catch (error) {
  if (!(error instanceof Stop)) throw error
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
}
