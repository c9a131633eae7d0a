import type { Member } from './member.ts'
import type { TenantPool } from './tenant-pool.ts'

/** Clean connections that nobody uses: a stack for each tenant, and over all of them the order of their rest. */
export class IdleStacks {
  readonly #byRest = new Set<Member>()

  get size(): number {
    return this.#byRest.size
  }

  push(member: Member, now: number): void {
    member.state = 'idle'
    member.idleSince = now
    member.tenant.idle.push(member)
    this.#byRest.add(member)
  }

  /** Last used first: its pages are warm, and the others may grow old enough to be closed. */
  takeOwn(tenant: TenantPool): Member | undefined {
    const member = tenant.idle.pop()
    if (member) this.#byRest.delete(member)
    return member
  }

  takeLongestIdle(): Member | undefined {
    const [member] = this.#byRest
    if (member) this.remove(member)
    return member
  }

  remove(member: Member): boolean {
    if (!this.#byRest.delete(member)) return false
    member.tenant.idle.splice(member.tenant.idle.indexOf(member), 1)
    return true
  }

  /** Longest idle first. A copy, so that members may be removed on the way. */
  list(): Member[] {
    return [...this.#byRest]
  }
}
