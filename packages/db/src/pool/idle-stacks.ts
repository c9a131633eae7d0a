import type { Member } from './member.ts'
import type { TenantPool } from './tenant-pool.ts'

/** Clean connections that nobody uses: a stack for each tenant, and over all of them the order of their rest. */
export class IdleStacks {
  readonly #byRest = new Set<Member>()
  /** Of those: nobody else's before the tenant has had the moment to ask again. */
  readonly #kept = new Set<Member>()

  get size(): number {
    return this.#byRest.size
  }

  /** What may be handed to anybody. */
  get spare(): number {
    return this.#byRest.size - this.#kept.size
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
    if (member) this.#forget(member)
    return member
  }

  takeLongestIdle(): Member | undefined {
    for (const member of this.#byRest) {
      if (this.#kept.has(member)) continue
      this.remove(member)
      return member
    }
    return undefined
  }

  /** At rest already; `keepNone` ends it. */
  keep(member: Member): void {
    this.#kept.add(member)
  }

  isKept(member: Member): boolean {
    return this.#kept.has(member)
  }

  keepNone(): void {
    this.#kept.clear()
  }

  remove(member: Member): boolean {
    if (!this.#forget(member)) return false
    member.tenant.idle.splice(member.tenant.idle.indexOf(member), 1)
    return true
  }

  /** Longest idle first. A copy, so that members may be removed on the way. */
  list(): Member[] {
    return [...this.#byRest]
  }

  #forget(member: Member): boolean {
    this.#kept.delete(member)
    return this.#byRest.delete(member)
  }
}
