import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { createTestDatabase } from '@sarai/db/testing'
import { createLog } from '../src/request-log.ts'
import { signIn } from '../src/testing.ts'
import { type Answer, callProcedure } from './call-procedure.ts'
import { hostileInput } from './hostile-input.ts'
import { type AttackedProcedure, listAttacked } from './rows.ts'
import type { Side } from './things.ts'
import { openTwoTenants, PATIENT_POOL } from './two-tenants.ts'

/** Nothing that is asked may be without an answer for so long: a caller's own patience is 3 s and a statement's 60 s. */
const ANSWER_MAX_MS = 90_000
/** What a caller may be told of an input. */
const STATUSES = [200, 400, 401, 403, 404, 409, 413, 414, 415, 429]
/** Stacks, files, statements, the driver, the server's own names. */
const INSIDE =
  /node_modules|\bat \w+ \(|\.[mc]?[jt]s:\d|\bSELECT\b|\bINSERT INTO\b|\bFROM `|mysql|mariadb|kysely|\bER_[A-Z]|errno|sarai_test_|role_permissions|change_counter/i

/** Streams are left out: one that was let in is silent until something happens, which is no fault. */
export function listFuzzed(): AttackedProcedure[] {
  return listAttacked().filter(({ type }) => type !== 'subscription')
}

export interface Fuzz extends AsyncDisposable {
  /** Sends one JSON text to a procedure, as who may call it; throws if it is answered wrongly. */
  send(procedure: AttackedProcedure, json: string): Promise<void>
  /** Sends `runs` hostile inputs; throws with the smallest that is answered wrongly. */
  attack(procedure: AttackedProcedure, options: { seed: number; runs: number }): Promise<void>
  /** One procedure asked for many times in one request. */
  batch(procedure: AttackedProcedure, calls: number): Promise<Answer>
  /** What the server has logged as its own fault since it was asked last. */
  takeFaults(): string[]
}

/** A server with a tenant, its owner and an operator, and whatever it logs in hand. */
export async function openFuzz(options: Parameters<typeof createTestDatabase>[0] = {}): Promise<Fuzz> {
  const faults: string[] = []
  const log = createLog('error', { write: (line) => void faults.push(line) })
  const database = await createTestDatabase({ pool: PATIENT_POOL, ...options })
  const tenants = await openTwoTenants({ log, database })
  const { own } = tenants

  async function send({ path, type, meta }: AttackedProcedure, json: string): Promise<void> {
    const cookie = meta.audience === 'operator' ? await tenants.signInOperator() : own.cookie
    const tenantKey = meta.audience === 'member' ? own.tenantKey : null
    check(await settle(callProcedure(own.http, { tenantKey, path, type, json, cookie })), faults)
  }

  return {
    send,
    takeFaults: () => faults.splice(0),
    async attack(procedure, { seed, runs }) {
      await renewSession(own)
      const property = fc.asyncProperty(hostileInput(procedure), (json) => send(procedure, json))
      await fc.assert(property, { seed, numRuns: runs })
    },
    batch: ({ path, type }, calls) => {
      const paths = `${Array.from({ length: calls }, () => path).join(',')}?batch=1`
      return settle(callProcedure(own.http, { ...own, type, path: paths }))
    },
    async [Symbol.asyncDispose]() {
      await tenants[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** Some procedures end the session that calls them. */
async function renewSession(side: Side): Promise<void> {
  const mine = await callProcedure(side.http, {
    ...side,
    tenantKey: null,
    path: 'tenant.mine',
    type: 'query',
  })
  if (mine.status === 401) Object.assign(side, { cookie: await signIn(side.http, side.email) })
}

async function settle(answer: Promise<Answer>): Promise<Answer> {
  const timer = new AbortController()
  const never = sleep(ANSWER_MAX_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error('there was no answer')
  })
  try {
    return await Promise.race([answer, never])
  } finally {
    timer.abort()
    never.catch(() => undefined)
  }
}

function check({ status, body }: Answer, faults: readonly string[]): void {
  const told = `${status}: ${body.slice(0, 500)}`
  if (!STATUSES.includes(status)) throw new Error(`answered ${told}\n${faults.at(-1) ?? ''}`)
  if (status >= 400 && INSIDE.test(body)) throw new Error(`shows the inside: ${told}`)
  JSON.parse(body.startsWith('event:') || body.startsWith('data:') ? 'null' : body)
}
