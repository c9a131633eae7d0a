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
  owner: { tenantKey: string; userId: string; kind: string },
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
