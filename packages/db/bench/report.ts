import type { ScenarioResult } from './connections.ts'
import { describeBound, describeDistance, judge, withUnit, type Goal } from './goals.ts'
import type { Results } from './run-all.ts'
import { makeTable } from './table.ts'

/** Everything that was measured, as Markdown. */
export function makeReport(results: Results, goals: readonly Goal[]): string {
  return [
    '## Goals',
    goalTable(goals),
    '## Connections',
    ...results.scenarios.map(scenarioSection),
    '## Two processes on one server',
    twoProcessesTable(results),
    '## One query',
    queryTable(results),
    '## A flood by one tenant',
    floodTable(results),
    '## Tenants that sleep',
    sleepingTable(results),
    '## The server goes away',
    outageTable(results),
  ].join('\n\n')
}

function goalTable(goals: readonly Goal[]): string {
  const rows = goals
    .map(judge)
    .map((goal) => [
      goal.what,
      describeBound(goal),
      withUnit(goal.measured, goal.unit),
      goal.isMet ? 'yes' : 'NO',
      describeDistance(goal),
    ])
  return makeTable(['goal', 'bound', 'measured', 'met', 'distance'], rows)
}

function scenarioSection({ scenario, rounds, rows }: ScenarioResult): string {
  const { tenants, callers, distribution, statement, habit } = scenario
  const head = [
    'row',
    'refused',
    'queries/s',
    'to ceiling',
    'p50 ms',
    'p99 ms',
    'threads',
    'handoffs',
    'opens',
  ]
  const table = makeTable(
    head,
    rows.map((row) => [
      row.row,
      `${(row.refusedShare * 100).toFixed(1)} %`,
      count(row.perSecond),
      row.ratio.toFixed(2),
      milliseconds(row.p50Ms),
      milliseconds(row.p99Ms),
      count(row.threadsMax),
      count(row.handoffs),
      count(row.connects),
    ]),
  )
  return `### ${count(tenants)} tenants, ${distribution}, ${statement}${habit === 'roams' ? ', roaming' : ''}, ${count(callers)} callers, ${rounds} rounds\n\n${table}`
}

function twoProcessesTable({ twoProcesses }: Results): string {
  return makeTable(
    ['budget of each', 'queries', 'refused', 'queries/s', 'p99 ms', 'threads'],
    twoProcesses.map((result) => [
      count(result.budget),
      count(result.asked),
      count(result.refused),
      count(result.perSecond),
      milliseconds(result.p99Ms),
      count(result.threadsMax),
    ]),
  )
}

function queryTable({ checkout, scopedQuery, coldTenant }: Results): string {
  const us = (value: number) => `${value.toFixed(2)} µs`
  const ms = (value: number) => `${value.toFixed(3)} ms`
  return makeTable(
    ['what', 'Sarai', 'against', 'ratio'],
    [
      [
        'warm checkout; mysql2 pool',
        us(checkout.checkout.oursUs),
        us(checkout.checkout.theirsUs),
        checkout.checkout.ratio.toFixed(2),
      ],
      [
        'scope + warm checkout; mysql2 pool',
        us(checkout.scope.oursUs),
        us(checkout.scope.theirsUs),
        checkout.scope.ratio.toFixed(2),
      ],
      [
        'scoped query; Kysely over a plain pool',
        us(scopedQuery.oursUs),
        us(scopedQuery.theirsUs),
        scopedQuery.ratio.toFixed(3),
      ],
      [
        "cold tenant's first query; connect + query",
        ms(coldTenant.oursMs),
        ms(coldTenant.connectMs),
        coldTenant.ratio.toFixed(2),
      ],
      [
        'the same; connect with a small statement cache',
        ms(coldTenant.oursMs),
        ms(coldTenant.leanConnectMs),
        coldTenant.leanRatio.toFixed(2),
      ],
    ],
  )
}

function floodTable({ flood }: Results): string {
  return makeTable(
    ["quiet tenant's p99", 'ms', 'to alone'],
    [
      ['alone', milliseconds(flood.aloneMs), '1.00'],
      ['under the flood, Sarai', milliseconds(flood.floodedMs), flood.ratio.toFixed(2)],
      [
        'under the flood, one shared pool, first come first served',
        milliseconds(flood.sharedPoolMs),
        flood.sharedPoolRatio.toFixed(2),
      ],
    ],
  )
}

function sleepingTable({ sleeping }: Results): string {
  return makeTable(
    ['tenants touched once', 'heap each', 'timers', 'descriptors', 'budget', 'all touched in'],
    [
      [
        count(sleeping.tenants),
        `${count(sleeping.bytesEach)} bytes`,
        count(sleeping.timers),
        count(sleeping.descriptors),
        count(sleeping.budget),
        `${count(sleeping.touchMs)} ms`,
      ],
    ],
  )
}

function outageTable({ outages }: Results): string {
  return makeTable(
    ['fault', 'calls', 'deadline ms', 'how they ended', 'half by ms', 'last at ms', 'permits left'],
    outages.map((outage) => [
      outage.fault,
      count(outage.calls),
      count(outage.deadlineMs),
      Object.entries(outage.outcomes)
        .map(([outcome, times]) => `${outcome} ${count(times)}`)
        .join(', '),
      count(outage.settledP50Ms),
      count(outage.settledMaxMs),
      count(outage.permitsLeft),
    ]),
  )
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function milliseconds(value: number): string {
  return Number.isFinite(value) ? value.toFixed(1) : '–'
}
