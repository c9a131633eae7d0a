import { callProcedure } from './call-procedure.ts'
import type { Side } from './things.ts'

/** By its owner, through a procedure that answers with what it made; says its id. */
export async function create(side: Side, path: string, input: object): Promise<string> {
  return (await change<{ id: string }>(side, path, input)).id
}

/** By its owner, through a procedure; says what it answers. */
export async function change<Data>(side: Side, path: string, input: object): Promise<Data> {
  const answer = await callProcedure(side.http, { ...side, path, type: 'mutation', input })
  const { result } = JSON.parse(answer.body) as { result?: { data: Data } }
  if (!result) throw new Error(`${path} answered ${answer.status}: ${answer.body}`)
  return result.data
}
