// npm run fuzz [-- runs [seed]]: hostile inputs for every procedure, over HTTP, on a server of its own.
import { startTestServer } from '@sarai/db/testing'
import { listFuzzed, openFuzz } from './fuzz.ts'

const RUNS = 500

const [runsText, seedText] = process.argv.slice(2)
const runs = Number(runsText ?? RUNS)
const seed = Number(seedText ?? Math.floor(Math.random() * 2 ** 31))
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run fuzz -- [runs for each procedure] [seed], both whole numbers')
  process.exit(2)
}

await using server = await startTestServer()
await using fuzz = await openFuzz({ server: server.admin })
const procedures = listFuzzed()
console.log(`${procedures.length} procedures, ${runs} inputs each, seed ${seed}`)
const failed: string[] = []
for (const procedure of procedures) {
  const fault = await fuzz.attack(procedure, { seed, runs }).then(
    () => fuzz.takeFaults().at(0),
    (error: unknown) => String(error),
  )
  if (fault !== undefined) failed.push(procedure.path)
  console.log(
    `${fault === undefined ? '✓' : '✗'} ${procedure.path}${fault === undefined ? '' : `\n${fault}`}`,
  )
}
console.log(failed.length === 0 ? 'Nothing found.' : `Wrong: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
