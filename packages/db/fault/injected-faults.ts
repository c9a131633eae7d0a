import type { Account } from '../src/pool/types.ts'
import type { Fate, Judge } from './fault-proxy.ts'
import { COMMAND, FORGED_OK, forgedError, judgeCommands } from './wire.ts'

/** How often each happens to a thing of its kind, before the plan's factor. */
const CHANCE = {
  'handoff: OK that is a lie': 0.002,
  'handoff: refused by a forged error': 0.002,
  'handoff: cut before it': 0.001,
  'handoff: cut after it': 0.001,
  'handoff: no answer': 0.00002,
  'reset: refused by a forged error': 0.005,
  'reset: cut before it': 0.005,
  'reset: cut after it': 0.005,
  'statement: cut before it': 0.0002,
  'statement: cut after it': 0.0002,
  'account: wrong password': 0.00005,
  'account: database of another tenant': 0.00005,
  'caller: leaves': 0.02,
  'connection: killed on the server': 0.0005,
} as const

export type FaultName = keyof typeof CHANCE

const WIRE: Record<number, readonly FaultName[]> = {
  [COMMAND.changeUser]: namesOf('handoff'),
  [COMMAND.reset]: namesOf('reset'),
  [COMMAND.query]: namesOf('statement'),
}
const ACCESS_DENIED = forgedError(1045, 'Access denied')
const UNKNOWN_ERROR = forgedError(1105, 'Unknown error')

/** What goes wrong, how often, and how often it did. */
export class InjectedFaults {
  readonly counts = new Map<FaultName, number>()
  readonly #factor: number
  readonly #random: () => number

  constructor(factor: number, random: () => number) {
    this.#factor = factor
    this.#random = random
  }

  happens(name: FaultName): boolean {
    if (this.#random() >= CHANCE[name] * this.#factor) return false
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
    return true
  }

  /** For the proxy's connections. */
  makeJudge(): Judge {
    return judgeCommands((command) => {
      const name = WIRE[command]?.find((each) => this.happens(each))
      return name && this.#fateOf(name)
    })
  }

  /** The account as it is, or not quite. */
  spoil(account: Account, other: Account): Account {
    if (this.happens('account: wrong password')) return { ...account, password: () => 'wrong' }
    if (this.happens('account: database of another tenant')) return { ...account, database: other.database }
    return account
  }

  #fateOf(name: FaultName): Fate {
    if (name.endsWith('a lie')) return { answer: FORGED_OK }
    if (name.endsWith('forged error')) return { answer: this.#random() < 0.5 ? ACCESS_DENIED : UNKNOWN_ERROR }
    if (name.endsWith('no answer')) return { isSilent: true }
    return { cut: name.endsWith('before it') ? 'before' : 'after' }
  }
}

function namesOf(kind: string): FaultName[] {
  const isOfKind = (name: string): name is FaultName => name.startsWith(`${kind}:`)
  return Object.keys(CHANCE).filter(isOfKind)
}

/** Small, fast and repeatable (mulberry32); from 0 up to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
