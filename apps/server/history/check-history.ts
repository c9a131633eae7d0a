/** One message as somebody knows of it. */
export interface KnownMessage {
  tenantKey: string
  conversationId: string
  clientId: string
  /** Its number in the conversation. */
  seq: number
}

/** One message as a reader heard of it, with the id of the event that brought it. */
export interface HeardMessage extends KnownMessage {
  eventId: number
}

export interface ReaderHistory {
  name: string
  tenantKey: string
  /** In the order of hearing, over all connections that it took. */
  heard: readonly HeardMessage[]
  /** How often the server told it to begin again: then it may have missed something. */
  resets: number
}

export interface History {
  /** What writers were told is sent. */
  acknowledged: readonly KnownMessage[]
  /** What the databases hold in the end. */
  stored: readonly KnownMessage[]
  readers: readonly ReaderHistory[]
}

export const FINDINGS = ['lost', 'doubled', 'reordered', 'foreign', 'invented', 'reset'] as const

export interface Finding {
  kind: (typeof FINDINGS)[number]
  what: string
}

/**
 * Whether every acknowledged message appears exactly once, in one order, for every reader of its tenant, and nothing of
 * another tenant ever. What was sent and not acknowledged may be there or not, but for all alike.
 */
export function checkHistory({ acknowledged, stored, readers }: History): Finding[] {
  const findings = [...checkStored(acknowledged, stored)]
  for (const reader of readers) findings.push(...checkReader(reader, stored))
  return findings
}

function checkStored(acknowledged: readonly KnownMessage[], stored: readonly KnownMessage[]): Finding[] {
  const findings = findDoubles(stored, 'the database')
  const keys = new Set(stored.map(keyOf))
  for (const message of acknowledged) {
    if (!keys.has(keyOf(message)))
      findings.push({ kind: 'lost', what: `the database lacks ${keyOf(message)}` })
  }
  return findings
}

function checkReader(reader: ReaderHistory, stored: readonly KnownMessage[]): Finding[] {
  const { name, tenantKey, heard, resets } = reader
  const own = heard.filter((message) => message.tenantKey === tenantKey)
  const foreign = heard.filter((message) => message.tenantKey !== tenantKey)
  const findings: Finding[] = foreign.map((message) => ({
    kind: 'foreign',
    what: `${name} of ${tenantKey} heard ${keyOf(message)}`,
  }))
  if (resets > 0) findings.push({ kind: 'reset', what: `${name} was told to begin again` })
  const expected = stored.filter((message) => message.tenantKey === tenantKey)
  return [...findings, ...findDoubles(own, name), ...compare(own, expected, name), ...findDisorder(own, name)]
}

function compare(heard: readonly KnownMessage[], expected: readonly KnownMessage[], name: string): Finding[] {
  const heardKeys = new Set(heard.map(keyOf))
  const expectedKeys = new Set(expected.map(keyOf))
  const lost = [...expectedKeys].filter((key) => !heardKeys.has(key))
  const invented = [...heardKeys].filter((key) => !expectedKeys.has(key))
  return [
    ...lost.map((key): Finding => ({ kind: 'lost', what: `${name} lacks ${key}` })),
    ...invented.map((key): Finding => ({
      kind: 'invented',
      what: `${name} heard ${key}, which is not stored`,
    })),
  ]
}

function findDoubles(messages: readonly KnownMessage[], name: string): Finding[] {
  const seen = new Set<string>()
  const findings: Finding[] = []
  for (const message of messages) {
    const key = `${message.tenantKey} ${message.clientId}`
    if (seen.has(key)) findings.push({ kind: 'doubled', what: `${name} has ${keyOf(message)} twice` })
    seen.add(key)
  }
  return findings
}

/** Events grow, and so do the numbers in each conversation, by one: that is one order for all, and the one stored. */
function findDisorder(heard: readonly HeardMessage[], name: string): Finding[] {
  const findings: Finding[] = []
  const seqs = new Map<string, number>()
  let eventId = 0
  for (const message of heard) {
    const before = seqs.get(message.conversationId) ?? 0
    if (message.eventId <= eventId || message.seq !== before + 1) {
      findings.push({ kind: 'reordered', what: `${name} heard ${keyOf(message)} after ${before}` })
    }
    eventId = message.eventId
    seqs.set(message.conversationId, message.seq)
  }
  return findings
}

function keyOf({ tenantKey, conversationId, clientId, seq }: KnownMessage): string {
  return `${tenantKey}/${conversationId.slice(-6)}/${seq}/${clientId.slice(-6)}`
}
