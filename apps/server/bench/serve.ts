import type { Address, Usage } from './messages.ts'

/** Says where it is, then how much it has used, whenever it is asked, until it is told to end. */
export function answerMeasurer(address: Address): void {
  process.on('message', () => {
    globalThis.gc?.()
    const { user, system } = process.cpuUsage()
    const usage: Usage = { cpuUs: user + system, rssBytes: process.memoryUsage().rss }
    process.send?.(usage)
  })
  process.once('disconnect', () => process.exit(0))
  process.send?.(address)
}
