import type { Guard } from '../mutation-copy.ts'
import { FLEET, NESTING_REAL, SCOPES_REAL, VIRTUAL } from './tests.ts'

/** Scopes do not wait for each other, and processes do not lend each other the same connection. */
export const SCOPE_GUARDS: readonly Guard[] = [
  {
    name: 'a second connection inside a transaction of the same scope is refused at once',
    file: '../open-kysely.ts',
    text: 'if (outer?.by === this && outer.began && !outer.isOver) throw this.#nested(outer.began)',
    without: 'void outer',
    tests: NESTING_REAL,
  },
  {
    name: 'a scope of one tenant opens no scope of another',
    file: '../tenant/with-tenant.ts',
    text: '  if (outer && !handle) throw nested(outer)\n',
    without: '  void nested\n',
    tests: SCOPES_REAL,
  },
  {
    name: 'two tenants are asked for outside of any other scope',
    file: '../tenant/with-tenants.ts',
    text: '  if (outer) {\n',
    without: '  if (outer && !outer.isOpen) {\n',
    tests: SCOPES_REAL,
  },
  {
    name: 'two tenants are asked for in one order by everybody',
    file: '../tenant/with-tenants.ts',
    text: 'entries.toSorted(byAccountId)',
    without: '[...entries].toSorted(() => 0 * byAccountId.length)',
    tests: SCOPES_REAL,
  },
  {
    name: 'one caller at a time gathers connections of several tenants',
    file: 'together-line.ts',
    text: 'if (first && !this.#isTaken) first.enter()',
    without: 'if (first) first.enter()',
    tests: VIRTUAL,
  },
  {
    name: 'who waits to gather has a deadline',
    file: 'together-line.ts',
    text: 'this.#clock.after(timeoutMs, () => place.refuse(tooLate(timeoutMs)))',
    without: 'this.#clock.after(timeoutMs, () => void tooLate)',
    tests: VIRTUAL,
  },
  {
    name: 'a share grows only into what all the others do not hold',
    file: '../fleet/share-plan.ts',
    text: 'const reachable = Math.min(fair, free)',
    without: 'const reachable = fair + 0 * free',
    tests: FLEET,
  },
  {
    name: 'a process counts for what it holds, not only for what it was lent',
    file: '../fleet/share-plan.ts',
    text: ' : Math.max(share, held)\n',
    without: ' : share\n',
    tests: FLEET,
  },
  {
    name: 'a share shrinks at once',
    file: '../fleet/share-plan.ts',
    text: '  if (fair <= own.share) return fair\n',
    without: '',
    tests: FLEET,
  },
  {
    name: 'a heartbeat that arrives late gives up nothing that was lent after it',
    file: '../fleet/lease-terms.ts',
    text: 'held: Math.max(report.held, lent)',
    without: 'held: report.held',
    tests: FLEET,
  },
  {
    name: 'a process that had expired comes back with its floor',
    file: '../fleet/lease-terms.ts',
    text: 'known?.isExpired ? Math.min(known.share, SHARE_MIN) : (known?.share ?? 0)',
    without: 'known?.share ?? 0',
    tests: FLEET,
  },
  {
    name: 'a process that hears nothing goes by its floor',
    file: '../fleet/share-keeper.ts',
    text: 'clock.after(askedAt + KEPT_MS - clock.now(), () => this.#giveUp())',
    without: 'clock.after(askedAt + KEPT_MS - clock.now(), () => undefined)',
    tests: FLEET,
  },
  {
    name: 'a share is kept from when it was asked for, not from when the answer came',
    file: '../fleet/share-keeper.ts',
    text: 'askedAt + KEPT_MS - clock.now()',
    without: 'KEPT_MS + 0 * askedAt',
    tests: FLEET,
  },
]
