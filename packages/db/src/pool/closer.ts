import { within } from './clock.ts'
import type { PoolContext } from './context.ts'
import type { Killer } from './killer.ts'
import type { Member } from './member.ts'
import type { TenantPool } from './tenant-pool.ts'

/** How long the server may take to close an idle connection before somebody goes and looks. */
const CLOSE_TIMEOUT_MS = 2_000

/**
 * The way out of the pool. A permit is given back only when the server is known to have let go: it closed the
 * connection of itself, or the killer has seen that the thread is gone.
 */
export class Closer {
  readonly #context: PoolContext
  readonly #killer: Killer

  constructor(context: PoolContext, killer: Killer) {
    this.#context = context
    this.#killer = killer
  }

  /** In good order: COM_QUIT. An open transaction is rolled back by the server. */
  retire(member: Member): void {
    void this.#close(member, () => member.link.end())
  }

  /** Its permit is wanted: until that is free, the tenant is being served. */
  retireFor(member: Member, tenant: TenantPool): void {
    tenant.preparing += 1
    void this.#close(member, () => member.link.end(), tenant)
  }

  /** Without a word: after an error nobody knows what the other side would make of one. */
  discard(member: Member): void {
    void this.#close(member, () => {
      member.link.destroy()
      return member.link.closed
    })
  }

  /** A statement runs and closing our side would not stop it, or nobody answers: the thread is ended and looked for. */
  kill(member: Member): void {
    member.state = 'closing'
    member.link.destroy()
    void this.#killer.makeGone(member).then(() => this.#gone(member))
  }

  async #close(member: Member, ask: () => Promise<void>, beneficiary?: TenantPool): Promise<void> {
    member.state = 'closing'
    try {
      await within(this.#context.clock, { what: 'closing a connection', ms: CLOSE_TIMEOUT_MS }, ask())
    } catch {
      member.link.destroy()
      await this.#killer.makeGone(member)
    }
    if (beneficiary) beneficiary.preparing -= 1
    this.#gone(member)
  }

  #gone(member: Member): void {
    const { members, budget, tenants } = this.#context
    if (!members.delete(member)) return
    budget.give()
    for (const tenant of [member.tenant, member.leaving]) {
      if (!tenant) continue
      tenant.members -= 1
      tenants.forgetIfEmpty(tenant)
    }
    this.#context.pump()
  }
}
