// npm run history [-- messages [seed]]: every message once, in one order, for everybody, while all that can breaks.
import { runHistory } from './run-history.ts'

const MESSAGES = 10_000
const DROPS = 200
const KILLS = 5
const DATABASE_RESTARTS = 2
const PROCESSES = 2
const EXAMPLES_SHOWN = 10

const [messagesText, seedText] = process.argv.slice(2)
const messages = Number(messagesText ?? MESSAGES)
const seed = Number(seedText ?? Math.floor(Math.random() * 2 ** 32))
if (!Number.isInteger(messages) || messages < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run history -- [messages] [seed], both whole numbers')
  process.exit(2)
}

console.log(
  `${messages.toLocaleString('en')} messages in two businesses over ${PROCESSES} processes, seed ${seed}:` +
    ` ${DROPS} connections broken, ${KILLS} processes killed with -9, ${DATABASE_RESTARTS} restarts of the database`,
)
const { findings, ...figures } = await runHistory({
  messages,
  drops: DROPS,
  kills: KILLS,
  databaseRestarts: DATABASE_RESTARTS,
  processes: PROCESSES,
  seed,
  say: (line) => console.log(`  ${line}`),
})
console.log(JSON.stringify(figures, null, 2))
for (const { kind, what } of findings.slice(0, EXAMPLES_SHOWN)) console.log(`${kind}: ${what}`)
console.log(
  findings.length === 0 ? 'Nothing lost, doubled, reordered or foreign.' : `${findings.length} findings.`,
)
process.exitCode = findings.length === 0 ? 0 : 1
