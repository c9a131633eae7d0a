import { readFileSync } from 'node:fs'
import { isForeign } from '../../apps/web/src/lib/i18n/isolate-values.ts'
import { isolate } from '../../apps/web/src/lib/isolate.ts'

export type Locale = 'en' | 'ur'

const NAMESPACES = [
  'account',
  'audit',
  'assignment',
  'auth',
  'chat',
  'common',
  'customer',
  'dashboard',
  'label',
  'fleet',
  'import',
  'macro',
  'notification',
  'operator',
  'permission',
  'rule',
  'settings',
  'team',
  'tenant',
  'view',
] as const
type Namespace = (typeof NAMESPACES)[number]

/** What the interface calls things, from its own dictionary: `say('chat.composer.send')`. */
export type Say = (key: `${Namespace}.${string}`, values?: Record<string, string>) => string

export function wordsOf(locale: Locale): Say {
  const words = Object.fromEntries(NAMESPACES.map((namespace) => [namespace, readWords(locale, namespace)]))
  return (key, values = {}) => fill(lookUp(words, key), values)
}

function readWords(locale: Locale, namespace: Namespace): unknown {
  const file = new URL(`../../apps/web/src/lib/i18n/${locale}/${namespace}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}

function lookUp(words: unknown, key: string): string {
  const found = key.split('.').reduce<unknown>((tree, part) => {
    return typeof tree === 'object' && tree !== null ? Reflect.get(tree, part) : undefined
  }, words)
  if (typeof found !== 'string') throw new Error(`the interface has no words for ${key}`)
  return found
}

/** Plain places alone: no test asks for a plural. */
function fill(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name] ?? place
    return isForeign(name) ? isolate(value) : value
  })
}
