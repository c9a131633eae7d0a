import { median } from './numbers.ts'

/** Does something so many times and resolves when all of it is done. */
export type Work = (times: number) => Promise<void>

export interface Duel {
  /** Medians, microseconds for each time. */
  oursUs: number
  theirsUs: number
  /** The median of the rounds' ratios: both sides of a round met the same machine. */
  ratio: number
}

export interface DuelPlan {
  rounds: number
  times: number
}

/** Ours and theirs in turns, beginning with the other each time, after a round that does not count. */
export async function duel(ours: Work, theirs: Work, plan: DuelPlan): Promise<Duel> {
  await timeOnce(ours, plan.times)
  await timeOnce(theirs, plan.times)
  const rounds: { ours: number; theirs: number }[] = []
  for (let round = 0; round < plan.rounds; round++)
    rounds.push(await measureRound(ours, theirs, { ...plan, round }))
  return {
    oursUs: median(rounds.map((round) => round.ours)),
    theirsUs: median(rounds.map((round) => round.theirs)),
    ratio: median(rounds.map((round) => round.ours / round.theirs)),
  }
}

async function measureRound(ours: Work, theirs: Work, { times, round }: { times: number; round: number }) {
  if (round % 2 === 0) return { ours: await timeOnce(ours, times), theirs: await timeOnce(theirs, times) }
  const second = await timeOnce(theirs, times)
  return { ours: await timeOnce(ours, times), theirs: second }
}

async function timeOnce(work: Work, times: number): Promise<number> {
  const since = performance.now()
  await work(times)
  return ((performance.now() - since) * 1000) / times
}
