import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isInstalled, stampInstalled } from './install-stamp.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sarai-stamp-'))
  mkdirSync(join(root, 'node_modules'))
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
    writeFileSync(join(root, file), file)
})
afterEach(() => rmSync(root, { recursive: true }))

test('an install that never finished is not taken for one', () => {
  expect(isInstalled(root)).toBe(false)
})

test('a finished install is not repeated', () => {
  stampInstalled(root)
  expect(isInstalled(root)).toBe(true)
})

test.each(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])(
  'a change of %s installs again',
  (file) => {
    stampInstalled(root)
    writeFileSync(join(root, file), 'changed')
    expect(isInstalled(root)).toBe(false)
  },
)
