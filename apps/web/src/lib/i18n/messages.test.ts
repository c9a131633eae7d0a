import { readdirSync, readFileSync } from 'node:fs'
import compile from 'icu-minify/compile'
import { describe, expect, test } from 'vitest'

type Tree = { [key: string]: string | Tree }

const folder = new URL('.', import.meta.url)
const namespaces = readdirSync(new URL('en', folder)).map((file) => file.replace('.json', ''))

function read(locale: string, namespace: string): Map<string, string> {
  const tree = JSON.parse(readFileSync(new URL(`${locale}/${namespace}.json`, folder), 'utf8')) as Tree
  return new Map(flatten(tree))
}

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  )
}

/** The names of the values that a message needs, tags included. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>()
  const visit = (node: unknown): void => {
    if (!Array.isArray(node)) return
    if (typeof node[0] === 'string' && node !== compiled) names.add(node[0])
    for (const child of node) {
      if (Array.isArray(child)) visit(child)
      else if (typeof child === 'object' && child !== null)
        for (const branch of Object.values(child)) visitBranch(branch)
    }
  }
  const visitBranch = (branch: unknown): void => {
    if (Array.isArray(branch)) for (const child of branch) visit(child)
  }
  const compiled = compile(message)
  if (Array.isArray(compiled)) for (const child of compiled) visit(child)
  return [...names].sort()
}

test('both languages have the same files', () => {
  expect(readdirSync(new URL('ur', folder)).sort()).toEqual(readdirSync(new URL('en', folder)).sort())
})

describe.each(namespaces)('%s', (namespace) => {
  const english = read('en', namespace)
  const urdu = read('ur', namespace)

  test('has the same keys in both languages', () => {
    expect([...urdu.keys()].sort()).toEqual([...english.keys()].sort())
  })

  test('has no empty message', () => {
    for (const [key, message] of [...english, ...urdu]) expect(message.trim(), key).not.toBe('')
  })

  test('needs the same values in both languages', () => {
    for (const [key, message] of english)
      expect(argumentsOf(urdu.get(key) ?? ''), key).toEqual(argumentsOf(message))
  })

  test('uses the letters of Urdu, not the look-alikes of Arabic', () => {
    for (const [key, message] of urdu) expect(message, key).not.toMatch(/[\u0643\u064A\u0649\u0647]/)
  })
})
