export interface Results {
  open: number
  messages: number
  many: number
  messagesEach: number
  /** Of every message at every stream, milliseconds from the beginning of its sending. */
  latencies: readonly number[]
  /** Bytes of the process for each subscriber. */
  memory: Record<'sarai' | 'plain', number>
  rounds: readonly { name: string; cpuUs: number; lastMs: readonly number[] }[]
}

const LATENCY_P99_MAX_MS = 100
const TIMES_CHEAPER_MIN = 4

export function makeReport(results: Results): string {
  const { open, messages, many, messagesEach, latencies } = results
  const p99 = percentile(latencies, 0.99)
  const [ours, theirs] = [median(cpuOf(results, 'sarai')), median(cpuOf(results, 'plain'))]
  const times = theirs / ours
  return [
    '## A message to every open screen',
    `${messages} messages, one at a time, with ${open} open streams: from the beginning of the sender's request, commit` +
      ' included, to the arrival at each stream.',
    table(
      ['p50', 'p90', 'p99', 'slowest', 'goal: p99'],
      [
        [
          ...[0.5, 0.9, 0.99, 1].map((share) => ms(percentile(latencies, share))),
          verdict(p99 < LATENCY_P99_MAX_MS, '< 100 ms'),
        ],
      ],
    ),
    `## One message to ${many.toLocaleString('en')} subscribers`,
    `Medians of interleaved rounds of ${messagesEach} messages. CPU is that of the whole serving process, for each subscriber and message.`,
    table(
      ['', 'CPU each', 'to the last, p50', 'to the last, p99', 'memory each'],
      (['sarai', 'plain'] as const).map((name) => row(results, name)),
    ),
    `Plain tRPC takes ${times.toFixed(1)} × the CPU. Goal: at least ${TIMES_CHEAPER_MIN} ×: ${times >= TIMES_CHEAPER_MIN ? 'met' : 'missed'}.`,
  ].join('\n\n')
}

function row(results: Results, name: 'sarai' | 'plain'): string[] {
  const last = results.rounds.filter((round) => round.name === name).flatMap(({ lastMs }) => lastMs)
  return [
    name === 'sarai' ? 'Sarai, with database and permissions' : 'plain tRPC subscriptions, an emitter',
    `${median(cpuOf(results, name)).toFixed(1)} µs`,
    ms(percentile(last, 0.5)),
    ms(percentile(last, 0.99)),
    `${(results.memory[name] / 1024).toFixed(1)} KiB`,
  ]
}

function cpuOf({ rounds }: Results, name: string): number[] {
  return rounds.filter((round) => round.name === name).map(({ cpuUs }) => cpuUs)
}

function verdict(isMet: boolean, bound: string): string {
  return `${bound}: ${isMet ? 'met' : 'missed'}`
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The smallest value that `share` (0 to 1) of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('nothing has no percentile')
  return value
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
