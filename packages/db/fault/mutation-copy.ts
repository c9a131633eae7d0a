import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NESTING_REAL, SCOPES_REAL } from './guards/tests.ts'

/** One guard of the pool, and how to take it out. */
export interface Guard {
  /** What it prevents, in one line. */
  name: string
  /** From src/pool. */
  file: string
  /** Exact, and there once. */
  text: string
  /** The same without the guard. */
  without: string
  /** Test files, from packages/db, of which one must fail then. */
  tests: string[]
}

export type Verdict =
  | { outcome: 'caught'; by: string }
  | { outcome: 'survived' }
  /** The source has changed: the guard's text is not in it any more, or not only once. */
  | { outcome: 'stale' }

interface Ran {
  isGreen: boolean
  /** The first test that failed. */
  failed: string
}

const DB = fileURLToPath(new URL('..', import.meta.url))
const VITEST = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url))
/** What a mutant does that never ends is as good as a failing test. */
const RUN_BOUND_MS = 150_000
/** Tests of the whole package use the server of the test run; those of the pool start one of their own. */
const SERVED: readonly string[] = [...SCOPES_REAL, ...NESTING_REAL]

function configFor(files: readonly string[]): string {
  const setup = files.some((file) => SERVED.includes(file)) ? "['./src/testing-setup.ts']" : '[]'
  return `export default {
  test: {
    include: ['{src,fault}/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ${setup},
  },
}
`
}

/** A copy of this package in which guards are taken out and its tests are run. */
export class MutationCopy implements AsyncDisposable {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async make(): Promise<MutationCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'sarai-mutate-'))
    for (const part of ['src', 'fault', 'package.json']) {
      await cp(join(DB, part), join(folder, part), { recursive: true })
    }
    await symlink(join(DB, 'node_modules'), join(folder, 'node_modules'))
    return new MutationCopy(folder)
  }

  async judge(guard: Guard): Promise<Verdict> {
    const path = join(this.#folder, 'src/pool', guard.file)
    const source = await readFile(path, 'utf8')
    if (source.split(guard.text).length !== 2) return { outcome: 'stale' }
    await writeFile(
      path,
      source.replace(guard.text, () => guard.without),
    )
    try {
      const { isGreen, failed } = await this.test(guard.tests)
      return isGreen ? { outcome: 'survived' } : { outcome: 'caught', by: failed }
    } finally {
      await writeFile(path, source)
    }
  }

  async test(files: readonly string[]): Promise<Ran> {
    const report = join(this.#folder, 'report.json')
    await rm(report, { force: true })
    await writeFile(join(this.#folder, 'vitest.config.mjs'), configFor(files))
    const args = [VITEST, 'run', ...files, '--bail=1', '--reporter=json', `--outputFile=${report}`]
    const child = spawn(process.execPath, args, { cwd: this.#folder, stdio: 'ignore', detached: true })
    const timer = setTimeout(() => endGroup(child.pid), RUN_BOUND_MS)
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
    clearTimeout(timer)
    endGroup(child.pid)
    return { isGreen: code === 0, failed: await firstFailure(report) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** Servers of tests that were ended are in groups of their own and end when their parent is gone. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left in the group.
  }
}

interface Report {
  testResults: { message: string; assertionResults: { status: string; title: string }[] }[]
}

async function firstFailure(report: string): Promise<string> {
  const text = await readFile(report, 'utf8').catch(() => '')
  if (text === '') return 'the run did not end'
  const { testResults } = JSON.parse(text) as Report
  const failed = testResults.flatMap((file) => file.assertionResults).find((one) => one.status === 'failed')
  return (
    failed?.title ??
    testResults.find((file) => file.message !== '')?.message.split('\n')[0] ??
    'an error outside the tests'
  )
}
