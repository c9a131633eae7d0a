import * as fc from 'fast-check'
import { z, type ZodType } from 'zod'

/** What zod says of a schema as JSON Schema, as far as our inputs use it. Refinements are not in it. */
export interface Shape {
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'
  const?: unknown
  enum?: unknown[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  prefixItems?: Shape[]
  minItems?: number
  maxItems?: number
  anyOf?: Shape[]
  oneOf?: Shape[]
}

/** A place in an input, as `filter.tagIds.*`; the name is its last word. */
export interface Field {
  path: string
  name: string
  shape: Shape
}

/** The shape of what a caller sends, before anything is made of it. */
export function shapeOf(schema: ZodType): Shape {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
}

/** Every place where a value stands that has no parts. */
export function listFields(shape: Shape, { path, name }: { path: string; name: string } = ROOT): Field[] {
  const options = shape.anyOf ?? shape.oneOf
  if (options) return distinct(options.flatMap((option) => listFields(option, { path, name })))
  if (shape.properties) {
    return Object.entries(shape.properties).flatMap(([key, part]) =>
      listFields(part, { path: join(path, key), name: key }),
    )
  }
  if (shape.items) return listFields(shape.items, { path: join(path, '*'), name })
  return shape.type === 'null' ? [] : [{ path, name, shape }]
}

const ROOT = { path: '', name: '' }

function distinct(fields: Field[]): Field[] {
  return [...new Map(fields.map((field) => [`${field.path} ${JSON.stringify(field.shape)}`, field])).values()]
}

function join(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`
}

export interface ExampleOptions {
  /** A place that is to be in the example though it may be left out. */
  through?: string | undefined
  /** What stands at a place; undefined: whatever fits. */
  valueAt?: ((path: string) => unknown) | undefined
}

/** The smallest input of this shape: what may be left out is left out. */
export function makeExample(shape: Shape, options: ExampleOptions = {}, at = ROOT): unknown {
  const given = options.valueAt?.(at.path)
  if (given !== undefined) return given
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return makeExample(choose(choices, options, at), options, at)
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.properties) return makeObject(shape, options, at)
  if (shape.prefixItems) return shape.prefixItems.map((part) => makeExample(part, options, at))
  if (shape.items) return makeArray(shape, options, at)
  return makeLeaf(shape, at.name)
}

function makeObject({ properties, required = [] }: Shape, options: ExampleOptions, at: typeof ROOT): unknown {
  const made: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(properties ?? {})) {
    const path = join(at.path, name)
    if (required.includes(name) || leadsTo(path, options.through))
      made[name] = makeExample(part, options, { path, name })
  }
  return made
}

function makeArray({ items = {}, minItems = 0 }: Shape, options: ExampleOptions, at: typeof ROOT): unknown {
  const path = join(at.path, '*')
  const length = Math.max(minItems, leadsTo(path, options.through) ? 1 : 0)
  return Array.from({ length }, () => makeExample(items, options, { path, name: at.name }))
}

function leadsTo(path: string, through: string | undefined): boolean {
  return through === path || through?.startsWith(`${path}.`) === true
}

function choose(choices: Shape[], { through }: ExampleOptions, at: typeof ROOT): Shape {
  const isOnTheWay = (choice: Shape) => listFields(choice, at).some(({ path }) => path === through)
  return choices.find(isOnTheWay) ?? choices.find(({ type }) => type !== 'null') ?? {}
}

function makeLeaf(shape: Shape, name: string): unknown {
  if (shape.type === 'string') return makeText(shape, name)
  if (shape.type === 'integer' || shape.type === 'number') {
    return Math.max(shape.minimum ?? 1, (shape.exclusiveMinimum ?? 0) + 1)
  }
  if (shape.type === 'boolean') return true
  return shape.type === 'null' ? null : {}
}

const TEXT_BY_FORMAT: Record<string, string> = {
  uuid: '01a20988-e13f-7515-aafe-18861247ecd2',
  email: 'amina@example.test',
  uri: 'https://example.test/',
  // Soon: what is to happen at a time may be neither over nor years away.
  'date-time': new Date(Date.now() + 3_600_000).toISOString(),
  date: '2030-01-02',
}
const TEXT_BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/email$/i, 'amina@example.test'],
  [/url$/i, 'https://example.test/'],
  [/phone$/i, '+92 300 1234567'],
  [/timeZone$/i, 'Asia/Karachi'],
  [/password$/i, 'correct horse battery'],
]

function makeText({ format = '', pattern, minLength = 0, maxLength }: Shape, name: string): string {
  const known = TEXT_BY_FORMAT[format] ?? TEXT_BY_NAME.find(([words]) => words.test(name))?.[1]
  if (known !== undefined) return known
  if (pattern === undefined) return 'example'.padEnd(minLength, 'x').slice(0, maxLength)
  const [text = ''] = fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: 1, numRuns: 1 })
  return text
}
