import { COUNTED_AFTER_CLOSE_MS } from './budget.ts'
import { pause, within } from './clock.ts'
import type { PoolContext } from './context.ts'
import type { Killer } from './killer.ts'
import type { Member } from './member.ts'
import type { TenantPool } from './tenant-pool.ts'

/**
 * While it authenticates anew a thread is nobody's: no account sees it in the list. MariaDB takes a second to refuse, and
 * goes on with that when the connection has gone.
 */
export const HIDDEN_MS = 1_500
/** How long the server may take to close an idle connection before somebody goes and looks. */
const CLOSE_TIMEOUT_MS = 2_000

/**
 * The way out of the pool. A permit is given back only when the server is known to have let go: it closed the
 * connection because it was asked to, or the killer has seen that the thread is gone. That our side sees a close
 * nobody asked for proves nothing: a killed thread loses its socket first and ends later.
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
    void this.#quit(member)
  }

  /** Its permit is wanted: until that is free, the tenant is being served. */
  retireFor(member: Member, tenant: TenantPool): void {
    tenant.preparing += 1
    void this.#quit(member, tenant)
  }

  /** Anything but good order: a statement runs, the connection was lost, nobody answers. The thread is ended and looked for. */
  kill(member: Member): void {
    member.state = 'closing'
    member.link.destroy()
    void this.#makeGone(member).then(() => this.#letGo(member))
  }

  async #makeGone(member: Member): Promise<void> {
    if (member.leaving) await pause(this.#context.clock, HIDDEN_MS)
    await this.#killer.makeGone(member)
  }

  async #quit(member: Member, beneficiary?: TenantPool): Promise<void> {
    member.state = 'closing'
    try {
      if (!member.link.isOpen) throw new Error('closed already, and not by us')
      await within(
        this.#context.clock,
        { what: 'closing a connection', ms: CLOSE_TIMEOUT_MS },
        member.link.end(),
      )
    } catch {
      member.link.destroy()
      await this.#killer.makeGone(member)
    }
    await this.#letGo(member, beneficiary)
  }

  async #letGo(member: Member, beneficiary?: TenantPool): Promise<void> {
    await pause(this.#context.clock, COUNTED_AFTER_CLOSE_MS)
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
