import { applyLocale, keepLocale, type Locale, readChosenLocale, readLocale } from '../preferences.ts'
import type { Messages, Namespace } from './messages.ts'

export interface I18nState {
  locale: Locale
  messages: Partial<Messages>
}

const files = import.meta.glob<Messages[Namespace]>('./{en,ur}/*.json', { import: 'default' })
const wanted = new Set<Namespace>()
const listeners = new Set<() => void>()
let state: I18nState = { locale: readLocale(), messages: {} }

export function getI18n(): I18nState {
  return state
}

export function subscribeI18n(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Route loaders call this, so that a page never paints before its words are here. */
export async function loadMessages(...namespaces: Namespace[]): Promise<void> {
  for (const namespace of namespaces) wanted.add(namespace)
  if (namespaces.every((namespace) => namespace in state.messages)) return
  await show(state.locale)
}

/** Keeps the choice, and swaps the language once every open namespace has arrived. */
export async function setLocale(locale: Locale): Promise<void> {
  await show(locale)
  keepLocale(locale)
}

/** The language of a workspace, for who has chosen none on this device. Not kept: the next one may have another. */
export async function suggestLocale(locale: Locale | null): Promise<void> {
  const next = readChosenLocale() ?? locale ?? readLocale()
  if (next !== state.locale) await show(next)
}

async function show(locale: Locale): Promise<void> {
  const known = locale === state.locale ? state.messages : {}
  const missing = [...wanted].filter((namespace) => !(namespace in known))
  const loaded = await Promise.all(
    missing.map(async (namespace) => [namespace, await read(locale, namespace)]),
  )
  const base = locale === state.locale ? state.messages : {}
  state = { locale, messages: { ...base, ...Object.fromEntries(loaded) } }
  applyLocale(locale)
  for (const listener of listeners) listener()
}

async function read(locale: Locale, namespace: Namespace): Promise<Messages[Namespace]> {
  const file = files[`./${locale}/${namespace}.json`]
  if (!file) throw new Error(`No messages for ${locale}/${namespace}`)
  return file()
}
