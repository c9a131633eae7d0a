import {
  deleteWords,
  hasWords,
  listWords,
  putWords,
  type WordsKey,
  type WordsKind,
  wordsOf,
} from './words-database.ts'

export interface WordsOwner {
  tenantKey: string
  userId: string
}

/**
 * A corner of the browser's database that belongs to one person in one workspace, the same in all tabs. It answers from
 * memory; what is written goes to the database and to the other tabs.
 */
export interface Words {
  read: (key: string) => unknown
  write: (key: string, value: unknown) => void
  remove: (key: string) => void
  values: () => unknown[]
  /** What the database says, after all that any tab has written. A value that could not be kept counts as there. */
  isKept: (key: string) => Promise<boolean>
  /** Told what another tab writes, and undefined for what it removes. */
  listen: (listener: WordsListener) => () => void
}

type WordsListener = (key: string, value: unknown) => void
interface Said {
  key: string
  value: unknown
}

export interface PersonalWords {
  draft: Words
  outbox: Words
  /** Files beside the drafts. */
  chosen: Words
}

const opened = new Map<string, Promise<PersonalWords>>()

/** Settles once what is kept has been read. The same for the same owner each time. */
export function openWords(owner: WordsOwner): Promise<PersonalWords> {
  const name = `${owner.userId}:${owner.tenantKey}`
  const known = opened.get(name) ?? readWords(owner)
  opened.set(name, known)
  return known
}

/** Beside the others in this tab: for tests, each call is a tab of its own. */
export async function readWords(owner: WordsOwner): Promise<PersonalWords> {
  const [draft, outbox, chosen] = await Promise.all([
    createWords(owner, 'draft'),
    createWords(owner, 'outbox'),
    createWords(owner, 'chosen'),
  ])
  return { draft, outbox, chosen }
}

async function createWords({ userId, tenantKey }: WordsOwner, kind: WordsKind): Promise<Words> {
  const values = new Map<string, unknown>()
  const unkept = new Set<string>()
  const listeners = new Set<WordsListener>()
  const channel = new BroadcastChannel(`sarai:words:${userId}:${tenantKey}:${kind}`)
  const keyOf = (key: string): WordsKey => [userId, tenantKey, kind, key]

  function set(key: string, value: unknown): void {
    if (value === undefined) values.delete(key)
    else values.set(key, value)
  }

  // Before what is kept is read: what another tab writes in between is newer.
  const heard = new Set<string>()
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    heard.add(data.key)
    unkept.delete(data.key)
    set(data.key, data.value)
    for (const listener of listeners) listener(data.key, data.value)
  }
  for (const { key, value } of await listWords(wordsOf(userId, tenantKey, kind))) {
    if (!heard.has(key[3])) set(key[3], value)
  }

  async function keep(key: string, value: unknown): Promise<void> {
    const isDone = await (value === undefined ? deleteWords(keyOf(key)) : putWords(keyOf(key), value))
    if (isDone) unkept.delete(key)
    else unkept.add(key)
  }

  function say(key: string, value: unknown): void {
    set(key, value)
    channel.postMessage({ key, value } satisfies Said)
    void keep(key, value)
  }

  return {
    read: (key) => values.get(key),
    write: say,
    remove: (key) => say(key, undefined),
    values: () => [...values.values()],
    async isKept(key) {
      const isThere = await hasWords(keyOf(key))
      return isThere || ((isThere === null || unkept.has(key)) && values.has(key))
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** How many messages of a person are written and not sent, in whatever workspace. */
export async function countUnsent(userId: string): Promise<number> {
  const kept = await listWords(wordsOf(userId))
  const unsent = kept.flatMap(({ key: [, tenantKey, kind, key], value }) => {
    // Files of a draft are one message with it, and one even where nothing is written beside them.
    if (kind === 'chosen') return [`${tenantKey} draft ${conversationOf(value)}`]
    return hasText(value) ? [`${tenantKey} ${kind} ${key}`] : []
  })
  return new Set(unsent).size
}

/** Whether messages wait that only an open outbox sends. */
export async function hasOutbox({ userId, tenantKey }: WordsOwner): Promise<boolean> {
  return (await listWords(wordsOf(userId, tenantKey, 'outbox'))).length > 0
}

/** Leaves nothing of a person's words in this browser: the next one to use it may be anybody. */
export async function forgetWords(userId: string): Promise<void> {
  await deleteWords(wordsOf(userId))
}

function conversationOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'conversationId' in value
    ? String(value.conversationId)
    : ''
}

/** A draft may be no more than the choice to write a note; a message may be no more than its files. */
function hasText(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('body' in value)) return false
  if ('files' in value) return true
  return typeof value.body === 'string' && value.body.trim() !== ''
}
