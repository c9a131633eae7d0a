import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestHttp, type TestHttp } from './testing.ts'

const Dashboard = z.object({
  uid: z.string().min(1),
  schemaVersion: z.number(),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string().min(1),
      datasource: z.object({ uid: z.literal('${datasource}') }),
      targets: z.array(
        z.object({ expr: z.string(), datasource: z.object({ uid: z.literal('${datasource}') }) }),
      ),
    }),
  ),
})

const file = new URL('../../../docs/grafana/connections.json', import.meta.url)
const text = readFileSync(file, 'utf8')
const dashboard = Dashboard.parse(JSON.parse(text))
/** Histograms and counters are asked for by the names of their series. */
const METRIC = /\bsarai_[a-z_]+/g

let http: TestHttp
let exported: Set<string>

beforeAll(async () => {
  http = await startTestHttp()
  await http.app.inject({ url: '/healthz' })
  const { body } = await http.app.inject({ url: '/metrics' })
  exported = new Set(
    [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
  )
})
afterAll(() => http[Symbol.asyncDispose]())

test('every metric that the dashboard names is exported', () => {
  const named = [...new Set(text.match(METRIC))]
  expect(named.length).toBeGreaterThan(8)
  expect(named.filter((name) => !exported.has(name))).toEqual([])
})

test('every metric of the connection layer has a place on the dashboard', () => {
  const ours = [...exported].filter((name) => name.startsWith('sarai_connection') && !name.endsWith('_sum'))
  expect(ours.filter((name) => !text.includes(name))).toEqual([])
})

test('the dashboard imports as it is: the data source is a variable, panels have ids of their own', () => {
  expect(dashboard.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource' })
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
  const variables = ['datasource', '__rate_interval', ...dashboard.templating.list.map(({ name }) => name)]
  const used = [...text.matchAll(/\$\{?([a-z_]+)/g)].map(([, name]) => name)
  expect(used.filter((name) => name !== '__all' && !variables.includes(name ?? ''))).toEqual([])
})

test('no label of the connection layer tells a tenant', async () => {
  const { body } = await http.app.inject({ url: '/metrics' })
  const labels = body.match(/^sarai_connection[^\n]*\{[^}]*\}/gm)?.join(' ') ?? ''
  const names = new Set([...labels.matchAll(/(\w+)=/g)].map(([, name]) => name))
  expect(names).toEqual(new Set(['event', 'kind', 'state']))
})
