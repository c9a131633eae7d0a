/** What somebody wrote and the server does not have yet. */
const KINDS = ['draft', 'outbox'] as const
type Kind = (typeof KINDS)[number]

/**
 * A corner of localStorage that belongs to one person in one workspace. Storage may be full, or forbidden:
 * then it forgets, and what is on screen still works.
 */
export interface PersonalStorage {
  read: (key: string) => string | null
  write: (key: string, value: string) => void
  remove: (key: string) => void
  keys: () => string[]
  /** The whole key, as other tabs name it in a storage event. */
  fullKey: (key: string) => string
}

export function createPersonalStorage(
  storage: Storage,
  owner: { tenantKey: string; userId: string; kind: Kind },
): PersonalStorage {
  const prefix = `sarai:${owner.kind}:${owner.tenantKey}:${owner.userId}:`
  return {
    read: (key) => attempt(() => storage.getItem(prefix + key), null),
    write: (key, value) => attempt(() => storage.setItem(prefix + key, value), undefined),
    remove: (key) => attempt(() => storage.removeItem(prefix + key), undefined),
    keys: () => attempt(() => listKeys(storage, prefix), []),
    fullKey: (key) => prefix + key,
  }
}

/** How many messages of a person are written and not sent, in whatever workspace. */
export function countUnsent(storage: Storage, userId: string): number {
  return listOwned(storage, userId).filter((key) => hasText(storage.getItem(key))).length
}

/** Leaves nothing of a person's words in this browser: the next one to use it may be anybody. */
export function forgetWords(storage: Storage, userId: string): void {
  for (const key of listOwned(storage, userId)) storage.removeItem(key)
}

function listOwned(storage: Storage, userId: string): string[] {
  const keys = attempt(() => listKeys(storage, ''), [])
  return keys.filter((key) => {
    const [app, kind, , owner] = key.split(':')
    return app === 'sarai' && owner === userId && KINDS.some((known) => known === kind)
  })
}

/** A draft may be no more than the choice to write a note. */
function hasText(stored: string | null): boolean {
  const kept: unknown = attempt(() => JSON.parse(stored ?? 'null'), null)
  if (typeof kept !== 'object' || kept === null || !('body' in kept)) return false
  return typeof kept.body === 'string' && kept.body.trim() !== ''
}

function listKeys(storage: Storage, prefix: string): string[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
  return keys.flatMap((key) => (key?.startsWith(prefix) ? [key.slice(prefix.length)] : []))
}

function attempt<T>(action: () => T, otherwise: T): T {
  try {
    return action()
  } catch {
    return otherwise
  }
}
