import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sarai-children-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A parent that runs `child` through children.mjs, as npm start does with the server. */
async function startParent(child: string, after = '') {
  const file = join(folder, 'parent.mjs')
  const from = (name: string) => JSON.stringify(pathToFileURL(join(process.cwd(), 'scripts', name)).href)
  const lines = [
    `import { run, watchInterrupts } from ${from('children.mjs')}`,
    `import { endStragglers } from ${from('stragglers.mjs')}`,
    'watchInterrupts()',
    `const { code } = await run(process.execPath, ['-e', ${JSON.stringify(child)}], { cwd: ${JSON.stringify(folder)} })`,
    after,
    'process.exitCode = code',
  ]
  writeFileSync(file, lines.join('\n'))
  const parent = spawn(process.execPath, [file], { stdio: 'ignore' })
  // Listened to at once: one that has nothing to wait for may be gone before it is looked for.
  const ended = once(parent, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  await until(() => existsSync(join(folder, 'ready')))
  return { parent, ended }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10)
}

function pidIn(file: string): number {
  return Number(readFileSync(join(folder, file), 'utf8'))
}

function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

const READY = "fs.writeFileSync('ready', String(process.pid)); setInterval(() => {}, 1000);"
const COUNTING = `process.on('SIGINT', () => fs.appendFileSync('signals', 'x'));`

test('the exit code of the program is the exit code of the command', async () => {
  const { ended } = await startParent("fs.writeFileSync('ready', ''); process.exitCode = 7")
  expect(await ended).toEqual([7, null])
})

test('one Ctrl-C that arrives twice, from the terminal and from npm, is told to the program once', async () => {
  const { parent, ended } = await startParent(
    `${COUNTING} process.on('SIGTERM', () => process.exit(3)); ${READY}`,
  )
  parent.kill('SIGINT')
  parent.kill('SIGINT')
  await until(() => existsSync(join(folder, 'signals')))
  process.kill(pidIn('ready'), 'SIGTERM')
  expect(await ended).toEqual([3, null])
  expect(readFileSync(join(folder, 'signals'), 'utf8')).toBe('x')
})

test('a second Ctrl-C kills a program that does not stop', async () => {
  const { parent, ended } = await startParent(`${COUNTING} ${READY}`)
  parent.kill('SIGINT')
  await until(() => existsSync(join(folder, 'signals')))
  // The same press may arrive twice within 700 ms; this is another one.
  await sleep(800)
  parent.kill('SIGINT')
  expect(await ended).toEqual([137, null])
})

test('what a program leaves in its process group is ended with it', async () => {
  const orphan = "require('child_process').spawn('sleep', ['600'], { stdio: 'ignore' })"
  const { ended } = await startParent(`fs.writeFileSync('ready', String(${orphan}.pid)); process.exit(0)`)
  await ended
  // The signal has been sent; the kernel may need a moment to carry it out.
  await expect.poll(() => isAlive(pidIn('ready'))).toBe(false)
})

test.runIf(process.platform === 'linux')('what left the process group is found and ended', async () => {
  const orphan = "require('child_process').spawn('sleep', ['600'], { stdio: 'ignore', detached: true })"
  const child = `const orphan = ${orphan}; orphan.unref(); fs.writeFileSync('ready', String(orphan.pid)); process.exit(0)`
  const { ended } = await startParent(child, 'await endStragglers()')
  await ended
  expect(isAlive(pidIn('ready'))).toBe(false)
})
