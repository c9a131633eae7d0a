import { useEffect, useRef } from 'react'

/** One thing that can be done by key, from the command bar, or both. */
export interface Shortcut {
  id: string
  /** `g d` is one key after the other, `mod+k` together; `mod` is ⌘ on a Mac, Ctrl elsewhere. */
  keys?: string
  /** In the person's language: shown in the command bar and in the list of keys. */
  label: string
  group: string
  run: () => void
  /** Not offered in the command bar, for keys that act on what is focused or selected. */
  isKeyOnly?: boolean
  /** Comes before all others with the same keys, also before those that are registered later. */
  isAbove?: boolean
}

/** Between the keys of a sequence. */
export const SEQUENCE_TIMEOUT_MS = 1_200
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'])

const registered = new Map<symbol, readonly Shortcut[]>()
const listeners = new Set<() => void>()
let all: readonly Shortcut[] = []

/** Every shortcut of the parts that are on screen, the newest first, so that a page may override the shell. */
export function listShortcuts(): readonly Shortcut[] {
  return all
}

export function subscribeShortcuts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function registerShortcuts(shortcuts: readonly Shortcut[]): () => void {
  const token = Symbol('shortcuts')
  registered.set(token, shortcuts)
  publish()
  return () => {
    registered.delete(token)
    publish()
  }
}

function publish(): void {
  const newestFirst = [...registered.values()].reverse().flat()
  all = [...newestFirst.filter(({ isAbove }) => isAbove), ...newestFirst.filter(({ isAbove }) => !isAbove)]
  for (const listener of listeners) listener()
}

/** Registers while the component is mounted. `run` may close over fresh state; labels and keys may change. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  const shape = JSON.stringify(shortcuts.map(({ id, keys, label, group }) => [id, keys, label, group]))
  useEffect(() => {
    const stable = latest.current.map((shortcut) => ({
      ...shortcut,
      run: () => latest.current.find(({ id }) => id === shortcut.id)?.run(),
    }))
    return registerShortcuts(stable)
  }, [shape])
}

export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** `g`, `?`, `shift+enter`, `mod+k`. By position when the layout types no Latin letters, as an Urdu one does. */
export function toStroke(press: KeyPress, isMac = isApple()): string {
  const isMod = isMac ? press.metaKey : press.ctrlKey
  const letter = /^[\x20-\x7e]$/.test(press.key) ? press.key : latinOf(press)
  const key = letter.toLowerCase()
  const isSign = key.length === 1 && !/[a-z]/.test(key)
  return [isMod && 'mod', press.altKey && 'alt', press.shiftKey && !isSign && 'shift', key]
    .filter(Boolean)
    .join('+')
}

function latinOf({ key, code, shiftKey }: KeyPress): string {
  if (key.length > 1) return key
  if (code.startsWith('Key')) return code.slice(3)
  if (code === 'Slash') return shiftKey ? '?' : '/'
  return key
}

/** What a stroke does after the ones before it: a complete match, the start of one, or nothing. */
export function matchStrokes(
  strokes: readonly string[],
  shortcuts: readonly Shortcut[],
): { shortcut: Shortcut } | 'pending' | 'none' {
  const typed = strokes.join(' ')
  const shortcut = shortcuts.find(({ keys }) => keys === typed)
  if (shortcut) return { shortcut }
  return shortcuts.some(({ keys }) => keys?.startsWith(`${typed} `)) ? 'pending' : 'none'
}

/** The one listener of the page. */
export function listenToKeys(target: Document): () => void {
  let strokes: string[] = []
  let lastAt = 0
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || MODIFIERS.has(event.key)) return
    const stroke = toStroke(event)
    if (isTyping(event.target) && !stroke.startsWith('mod+')) return
    if (event.timeStamp - lastAt > SEQUENCE_TIMEOUT_MS) strokes = []
    lastAt = event.timeStamp
    const match = matchFrom([...strokes, stroke], stroke)
    strokes = match.strokes
    if (!match.shortcut) return
    event.preventDefault()
    match.shortcut.run()
  }
  target.addEventListener('keydown', onKeyDown)
  return () => target.removeEventListener('keydown', onKeyDown)
}

/** A stroke that does not continue a sequence may begin another. */
function matchFrom(strokes: string[], stroke: string): { strokes: string[]; shortcut?: Shortcut } {
  const shortcuts = isBehindDialog() ? all.filter(({ keys }) => keys?.startsWith('mod+')) : all
  const match = matchStrokes(strokes, shortcuts)
  if (match === 'pending') return { strokes }
  if (match !== 'none') return { strokes: [], shortcut: match.shortcut }
  return strokes.length > 1 ? matchFrom([stroke], stroke) : { strokes: [] }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)
}

/** Letters belong to an open dialog or menu, not to the page behind it. */
function isBehindDialog(): boolean {
  // A toast is a dialog by role as well, but says that it is not modal: it takes no keys.
  const open = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox][data-open]'
  return [...document.querySelectorAll(open)].some((element) => element.ariaModal !== 'false')
}

const KEY_NAMES: Record<string, string> = {
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  shift: '⇧',
  alt: 'Alt',
}

/** How a key is written on its cap. */
export function keyName(key: string): string {
  if (key === 'mod') return isApple() ? '⌘' : 'Ctrl'
  return KEY_NAMES[key] ?? key.toLocaleUpperCase('en')
}

function isApple(): boolean {
  return typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
}
