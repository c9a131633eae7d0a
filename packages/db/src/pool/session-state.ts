/** Bit 0 of the status that the server sends with every OK packet. */
const SERVER_STATUS_IN_TRANS = 1

const PLAIN =
  /^[\s(]*(?:select|insert|update|delete|replace|with|values|begin|start\s+transaction|commit|rollback|savepoint|release\s+savepoint|show|explain|describe|alter\s+table|create\s+(?:or\s+replace\s+)?(?:table|view|(?:unique\s+|fulltext\s+)?index)|drop\s+(?:table|view|index)|truncate)\b/i
const LEAVES_STATE = /get_lock|:=|\binto\s+@|\/\*m?!/i
const NEXT_TRANSACTION_ONLY = /^\s*set\s+transaction\s/i
const BEGINS = /^\s*(?:begin|start\s+transaction)\b/i

/**
 * What a session carries that the next user must not find, kept without asking the server.
 *
 * Open transactions: the server says so in the status of every OK packet. Everything else (SET, USE, LOCK TABLES,
 * GET_LOCK, temporary tables, user variables, CALL, PREPARE, …) is told from the text: a statement that is not on
 * the list of plain ones makes the session dirty. Wrong in the safe direction: a needless reset costs a round trip.
 */
export class SessionState {
  #isChanged = false
  #isNextTransactionChanged = false
  #isInTransaction = false

  get isInTransaction(): boolean {
    return this.#isInTransaction
  }

  get isClean(): boolean {
    return !this.#isChanged && !this.#isNextTransactionChanged && !this.#isInTransaction
  }

  /** Before the statement is sent: even one that fails may have left something behind. */
  sending(sql: string): void {
    if (this.#isChanged) return
    if (NEXT_TRANSACTION_ONLY.test(sql)) this.#isNextTransactionChanged = true
    else if (!PLAIN.test(sql) || LEAVES_STATE.test(sql)) this.#isChanged = true
  }

  /** After it succeeded. Only an OK packet carries the status; rows tell nothing, so what was known stays. */
  succeeded(sql: string, result: unknown): void {
    if (this.#isNextTransactionChanged && BEGINS.test(sql)) this.#isNextTransactionChanged = false
    const status = serverStatus(result)
    if (status !== undefined) this.#isInTransaction = (status & SERVER_STATUS_IN_TRANS) !== 0
  }

  forget(): void {
    this.#isChanged = false
    this.#isNextTransactionChanged = false
    this.#isInTransaction = false
  }
}

function serverStatus(result: unknown): number | undefined {
  if (typeof result !== 'object' || result === null || !('serverStatus' in result)) return undefined
  return typeof result.serverStatus === 'number' ? result.serverStatus : undefined
}
