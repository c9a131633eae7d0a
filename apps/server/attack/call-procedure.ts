import type { InjectOptions } from 'fastify'
import type { TestHttp } from '../src/testing.ts'

export interface ProcedureCall {
  /** null: under /trpc. */
  tenantKey: string | null
  path: string
  type: 'query' | 'mutation' | 'subscription'
  input?: unknown
  /** In place of an input: what is sent as JSON, whether it is or not. */
  json?: string
  /** Of the session; empty: none. */
  cookie: string
  headers?: Record<string, string>
  /** Default: this machine. */
  remoteAddress?: string
}

export interface Answer {
  status: number
  body: string
  /** `error.data.domain.code`, also of a stream that says so in its first event. */
  code: string | undefined
}

/** A procedure as a browser asks for it. Of a stream that was let in, the answer is its first event. */
export async function callProcedure({ app }: Pick<TestHttp, 'app'>, call: ProcedureCall): Promise<Answer> {
  const request = toRequest(call)
  if (call.type === 'subscription') return readFirstEvent(app, request)
  const { statusCode, body } = await app.inject(request)
  return toAnswer(statusCode, body)
}

export function toAnswer(status: number, body: string): Answer {
  return { status, body, code: /"domain":\{"code":"([A-Z_]+)"/.exec(body)?.[1] }
}

/** GET for what reads, POST for what changes. */
export function toRequest({
  tenantKey,
  path,
  type,
  input,
  json = input === undefined ? undefined : JSON.stringify(input),
  cookie,
  headers = {},
  remoteAddress = '127.0.0.1',
}: ProcedureCall): InjectOptions {
  const url = `${tenantKey === null ? '' : `/t/${tenantKey}`}/trpc/${path}`
  const sent = { cookie, ...headers }
  if (type !== 'mutation') {
    const search = json === undefined ? '' : `?input=${encodeURIComponent(json)}`
    return { url: url + search, headers: sent, remoteAddress }
  }
  const typed = { ...sent, 'content-type': 'application/json' }
  return {
    method: 'POST',
    url,
    headers: typed,
    remoteAddress,
    ...(json === undefined ? {} : { payload: json }),
  }
}

async function readFirstEvent(app: TestHttp['app'], request: InjectOptions): Promise<Answer> {
  const response = await app.inject({ ...request, payloadAsStream: true })
  const stream = response.stream()
  let body = ''
  for await (const chunk of stream) {
    body += String(chunk)
    if (body.split('\n\n').slice(0, -1).some(isEvent)) break
  }
  return toAnswer(response.statusCode, body)
}

/** tRPC's first block only says that the connection stands. */
function isEvent(block: string): boolean {
  return /^data: /m.test(block) && !/^event: connected$/m.test(block)
}
