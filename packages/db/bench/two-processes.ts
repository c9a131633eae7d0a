import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { BenchServer } from './bench-server.ts'

/** What a process of its own is told to do. */
export interface ProcessPlan {
  endpoint: BenchServer['endpoint']
  tenants: BenchServer['tenants']
  budget: number
  callers: number
  asksEach: number
  capMs: number
  seed: number
}

export interface ProcessResult {
  asked: number
  refused: number
  perSecond: number
  p99Ms: number
}

export interface TwoProcessesResult {
  budget: number
  asked: number
  refused: number
  perSecond: number
  p99Ms: number
  threadsMax: number
}

export type LoadSize = Pick<ProcessPlan, 'budget' | 'callers' | 'asksEach' | 'capMs'>

/** Two generations of a deploy, or two of a kind: each knows only its own budget. */
export async function measureTwoProcesses(server: BenchServer, size: LoadSize): Promise<TwoProcessesResult> {
  await server.resetCounters()
  const results = await Promise.all([1, 2].map((seed) => runProcess(server, { ...size, seed })))
  const { threadsMax } = await server.readCounters()
  return {
    budget: size.budget,
    asked: sum(results.map(({ asked }) => asked)),
    refused: sum(results.map(({ refused }) => refused)),
    perSecond: sum(results.map(({ perSecond }) => perSecond)),
    p99Ms: Math.max(...results.map(({ p99Ms }) => p99Ms)),
    threadsMax,
  }
}

async function runProcess(server: BenchServer, size: LoadSize & { seed: number }): Promise<ProcessResult> {
  const child = fork(new URL('./load-process.ts', import.meta.url))
  const plan: ProcessPlan = { ...size, endpoint: server.endpoint, tenants: server.tenants }
  child.send(plan)
  return readResult(child)
}

async function readResult(child: ChildProcess): Promise<ProcessResult> {
  const stop = () => child.kill()
  process.once('exit', stop)
  try {
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`a process of the benchmark ended early with ${String(code)}`)
    })
    const [result] = await Promise.race([once(child, 'message'), ended])
    if (!isResult(result)) throw new TypeError('a process of the benchmark sent something else than a result')
    return result
  } finally {
    process.off('exit', stop)
  }
}

function isResult(message: unknown): message is ProcessResult {
  return typeof message === 'object' && message !== null && 'asked' in message && 'refused' in message
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
