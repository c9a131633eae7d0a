import { deleteWords, listWords, putWords, readWords, wordsOf } from '../../lib/words-database.ts'

/** Of one person in one workspace, in this browser, sent and unsent. What is beyond is there as long as the page stays open. */
export const KEPT_FILES_BYTES_MAX = 100 * 1024 * 1024

interface Owner {
  tenantKey: string
  userId: string
}

export interface KeptFiles {
  keep: (key: string, content: Blob) => Promise<boolean>
  find: (key: string) => Promise<Blob | undefined>
  forget: (key: string) => void
}

/** The bytes of files that are written and not yet sent, through reloads and without a network. */
export function openKeptFiles({ userId, tenantKey }: Owner): KeptFiles {
  const keyOf = (key: string): [string, string, 'file', string] => [userId, tenantKey, 'file', key]
  return {
    async keep(key, content) {
      const kept = await listWords(wordsOf(userId, tenantKey, 'file'))
      const others = kept.filter((one) => one.key[3] !== key)
      const bytes = others.reduce((sum, { value }) => sum + (value instanceof Blob ? value.size : 0), 0)
      return bytes + content.size <= KEPT_FILES_BYTES_MAX && putWords(keyOf(key), content)
    },
    async find(key) {
      const value = await readWords(keyOf(key))
      return value instanceof Blob ? value : undefined
    },
    forget: (key) => void deleteWords(keyOf(key)),
  }
}
