import { appendFileSync } from 'node:fs'
import type { Calls } from './calls.ts'

interface Observation {
  fault: string
  calls: Calls
  threadsMost?: number
  untilNormalMs?: number
}

/** A line for docs/faults.md, if FAULT_REPORT names a file. */
export function report({ fault, calls, threadsMost, untilNormalMs }: Observation): void {
  const file = process.env['FAULT_REPORT']
  if (file === undefined) return
  const row = {
    fault,
    results: calls.results,
    refused: Object.fromEntries(calls.refused),
    latestMs: Math.round(calls.latestMs),
    threadsMost,
    untilNormalMs,
  }
  appendFileSync(file, `${JSON.stringify(row)}\n`)
}
