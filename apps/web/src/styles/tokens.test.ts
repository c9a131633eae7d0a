import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SOURCE = fileURLToPath(new URL('..', import.meta.url))
const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8')
const colors = new Map(
  [...css.matchAll(/--color-([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name, { light, dark }],
  ),
)

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(front: string, back: string, theme: 'light' | 'dark'): number {
  const [one, other] = [front, back].map((name) => luminance(colors.get(name)?.[theme] ?? ''))
  const [high = 0, low = 0] = [one ?? NaN, other ?? NaN].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

const PLANES = ['canvas', 'surface', 'raised', 'sunken', 'hover']
const READ_ANYWHERE = ['text', 'text-muted', 'text-faint', 'accent-text', 'danger-text']
const SOFT = ['accent', 'danger', 'warning', 'success'].map(
  (tone) => [`${tone}-text`, `${tone}-soft`] as const,
)

const TEXT_PAIRS: (readonly [string, string])[] = [
  ...PLANES.flatMap((plane) => READ_ANYWHERE.map((text) => [text, plane] as const)),
  ...SOFT,
  ['warning-text', 'surface'],
  ['success-text', 'surface'],
  ['text', 'selected'],
  ['text-muted', 'selected'],
  ['accent-text', 'selected'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-accent', 'danger'],
  ['on-accent', 'danger-hover'],
  ['text-inverse', 'inverse'],
]

const EDGE_PAIRS: (readonly [string, string])[] = [
  ...['surface', 'canvas', 'raised'].flatMap((plane) => [
    ['line-control', plane] as const,
    ['focus', plane] as const,
  ]),
  ['chart-1', 'surface'],
  ['chart-2', 'surface'],
  ['chart-3', 'surface'],
  ['accent', 'canvas'],
  ['success', 'surface'],
  ['warning', 'surface'],
]

for (const theme of ['light', 'dark'] as const) {
  test.each(TEXT_PAIRS)(`${theme}: %s on %s can be read (4.5:1)`, (front, back) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(EDGE_PAIRS)(`${theme}: %s on %s can be seen (3:1)`, (front, back) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(3)
  })

  test.each(['surface', 'raised'])(
    `${theme}: what the pointer or the arrows are at stands out on %s; in the dark it used to be lost in every menu`,
    (plane) => {
      expect(contrast('hover', plane, theme)).toBeGreaterThanOrEqual(1.1)
    },
  )
}

test('every colour that a page names is a token: a name without one would be drawn as nothing', async () => {
  const families = new Set([...colors.keys()].map((name) => name?.split('-')[0]))
  const named = new Set<string>()
  for await (const file of glob('**/*.{ts,tsx}', { cwd: SOURCE })) {
    const text = readFileSync(join(SOURCE, file), 'utf8')
    for (const [, name = ''] of text.matchAll(
      /\b(?:bg|border|fill|stroke|outline|text)-([a-z][a-z0-9-]*)/g,
    )) {
      if (families.has(name.split('-')[0])) named.add(name)
    }
  }
  expect([...named].filter((name) => !colors.has(name))).toEqual([])
  expect(named.size).toBeGreaterThan(20)
})
