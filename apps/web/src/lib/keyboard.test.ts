import { expect, test } from 'vitest'
import {
  type KeyPress,
  listShortcuts,
  matchStrokes,
  registerShortcuts,
  type Shortcut,
  toStroke,
} from './keyboard.ts'

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }
}

function shortcut(keys: string): Shortcut {
  return { id: keys, keys, label: keys, group: 'test', run: () => {} }
}

test('mod is Ctrl, and the command key on a Mac', () => {
  expect(toStroke(press('k', { ctrlKey: true }), false)).toBe('mod+k')
  expect(toStroke(press('k', { metaKey: true }), true)).toBe('mod+k')
  expect(toStroke(press('k', { ctrlKey: true }), true)).toBe('k')
})

test('an Urdu keyboard layout presses the same shortcuts, by the place of the key', () => {
  expect(toStroke(press('گ', { code: 'KeyG' }), false)).toBe('g')
  expect(toStroke(press('د', { code: 'KeyD' }), false)).toBe('d')
  expect(toStroke(press('؟', { code: 'Slash', shiftKey: true }), false)).toBe('?')
})

test('a sign is its own, whatever has to be held to type it', () => {
  expect(toStroke(press('?', { shiftKey: true }), false)).toBe('?')
  expect(toStroke(press('Enter', { shiftKey: true }), false)).toBe('shift+enter')
  expect(toStroke(press('J', { shiftKey: true }), false)).toBe('shift+j')
})

test('a sequence is pending until its last key', () => {
  const all = [shortcut('g d'), shortcut('g c'), shortcut('c')]
  expect(matchStrokes(['g'], all)).toBe('pending')
  expect(matchStrokes(['g', 'c'], all)).toEqual({ shortcut: all[1] })
  expect(matchStrokes(['c'], all)).toEqual({ shortcut: all[2] })
  expect(matchStrokes(['g', 'x'], all)).toBe('none')
})

test('a page overrides the shell, and gives the key back when it goes', () => {
  const shell = shortcut('x')
  const page = shortcut('x')
  const removeShell = registerShortcuts([shell])
  const removePage = registerShortcuts([page])
  expect(matchStrokes(['x'], listShortcuts())).toEqual({ shortcut: page })
  removePage()
  expect(matchStrokes(['x'], listShortcuts())).toEqual({ shortcut: shell })
  removeShell()
  expect(listShortcuts()).toEqual([])
})

test('what is above the page keeps its key, though the page registers again', () => {
  const above = { ...shortcut('x'), isAbove: true }
  const page = shortcut('x')
  const removals = [registerShortcuts([above]), registerShortcuts([page])]
  expect(matchStrokes(['x'], listShortcuts())).toEqual({ shortcut: above })
  for (const remove of removals) remove()
  expect(listShortcuts()).toEqual([])
})
