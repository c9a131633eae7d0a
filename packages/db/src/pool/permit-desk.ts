import { DatabaseError } from '../errors.ts'
import type { Admission } from './admission.ts'
import type { PoolContext } from './context.ts'
import type { TenantPool } from './tenant-pool.ts'
import type { Account, LeaseClass, PermitOptions } from './types.ts'
import type { Waiter } from './waiter.ts'

/** Those who want a permit alone compete as one tenant. */
export const PERMIT_ACCOUNT: Account = {
  id: '(permit)',
  label: '(permit)',
  user: '',
  database: '',
  password: () => '',
}

/** Where permits are had for connections that somebody else opens. */
export class PermitDesk {
  readonly #context: PoolContext
  readonly #admission: Admission

  constructor(context: PoolContext, admission: Admission) {
    this.#context = context
    this.#admission = admission
  }

  /** Resolves to what gives the permit back. */
  take(label: string, options: PermitOptions): Promise<() => void> {
    const { gate, options: defaults } = this.#context
    const { signal, class: leaseClass = 'interactive' } = options
    const timeoutMs = options.acquireTimeoutMs ?? defaults.acquireTimeoutMs
    return new Promise((resolve, reject) => {
      const queued: { waiter?: Waiter | undefined } = {}
      const leave = () => {
        const aborted = new DatabaseError('ABORTED', 'the caller has gone')
        if (queued.waiter) this.#admission.turnAway(queued.waiter, aborted)
        else reject(aborted)
      }
      if (signal?.aborted) return leave()
      signal?.addEventListener('abort', leave, { once: true })
      const settled = () => signal?.removeEventListener('abort', leave)
      const tenant = this.#context.tenants.of(PERMIT_ACCOUNT)
      tenant.isProved = true
      const grant = () => {
        settled()
        gate.leased(leaseClass)
        resolve(() => this.#giveBack(tenant, leaseClass))
      }
      const refuse = (error: DatabaseError) => {
        settled()
        reject(error)
      }
      const request = { tenant, label, class: leaseClass, wantsPermit: true, timeoutMs, grant, refuse }
      queued.waiter = this.#admission.admit(request)
    })
  }

  #giveBack(tenant: TenantPool, leaseClass: LeaseClass): void {
    tenant.leased -= 1
    this.#context.gate.returned(leaseClass)
    this.#context.budget.give()
    this.#context.tenants.forgetIfEmpty(tenant)
    this.#context.pump()
  }
}
