import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

const BYTES_PER_GIB = 2 ** 30

/** What figures depend on, in words. */
export function describeMachine(serverVersion: string): string {
  const model = cpus()[0]?.model ?? 'unknown processor'
  const memory = `${(totalmem() / BYTES_PER_GIB).toFixed(0)} GiB`
  const server = serverVersion.split('-').slice(0, 2).join(' ')
  return `${availableParallelism()} cores (${model}), ${memory}, Node ${process.versions.node}, ${server}, loopback TCP`
}

/** Others that use the cores show here: more than the number of cores, and figures are not to be trusted. */
export function describeLoad(): string {
  return loadavg()
    .map((load) => load.toFixed(1))
    .join(', ')
}
