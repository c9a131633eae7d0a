import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb'

/** What somebody wrote and the server does not have yet, the files chosen for what is not sent, and the bytes of both. */
export type WordsKind = 'draft' | 'outbox' | 'chosen' | 'file'
/** Owner first, so that all of one person's words are one range. */
export type WordsKey = [userId: string, tenantKey: string, kind: WordsKind, key: string]

const STORE = 'words'

interface Schema extends DBSchema {
  words: { key: WordsKey; value: unknown }
}

let database: Promise<IDBPDatabase<Schema> | undefined> | undefined

/** undefined where the browser keeps nothing: then it is forgotten with the tab, and what is on screen still works. */
function open(): Promise<IDBPDatabase<Schema> | undefined> {
  database ??= openDB<Schema>('sarai', 1, { upgrade: (db) => void db.createObjectStore(STORE) }).catch(
    () => undefined,
  )
  return database
}

export async function readWords(key: WordsKey): Promise<unknown> {
  const db = await open()
  return db?.get(STORE, key).catch(() => undefined)
}

/** In the order of their keys. */
export async function listWords(range: IDBKeyRange): Promise<{ key: WordsKey; value: unknown }[]> {
  const db = await open()
  if (!db) return []
  const store = db.transaction(STORE).store
  const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)])
  return keys.map((key, index) => ({ key, value: values[index] }))
}

/** Everything of one person, or what begins with more of a key. */
export function wordsOf(...prefix: string[]): IDBKeyRange {
  // An array is greater than any string.
  return IDBKeyRange.bound(prefix, [...prefix, []])
}

/** False if it could not be kept: storage is full, or there is none. */
export function putWords(key: WordsKey, value: unknown): Promise<boolean> {
  return change((store) => store.put(value, key))
}

export function deleteWords(key: WordsKey | IDBKeyRange): Promise<boolean> {
  return change((store) => store.delete(key))
}

/** null: nobody can say. */
export async function hasWords(key: WordsKey): Promise<boolean | null> {
  const db = await open()
  return db ? db.count(STORE, key).then((count) => count > 0) : null
}

type Store = IDBPObjectStore<Schema, ['words'], 'words', 'readwrite'>

/** Committed at once and on disk before it counts as kept: the tab may be closed, or the machine lose its power, next. */
async function change(work: (store: Store) => Promise<unknown>): Promise<boolean> {
  const db = await open()
  if (!db) return false
  try {
    const transaction = db.transaction(STORE, 'readwrite', { durability: 'strict' })
    const worked = work(transaction.store)
    transaction.commit()
    await Promise.all([worked, transaction.done])
    return true
  } catch {
    return false
  }
}
