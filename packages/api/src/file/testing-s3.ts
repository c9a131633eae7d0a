/** As much of S3 as the file store asks for, in this process, for tests. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface TestS3 extends AsyncDisposable {
  /** For parseStorageUrl. */
  url: string
  /** By `bucket/key`. */
  objects: Map<string, { content: Buffer; type: string | undefined }>
  /** Requests that were signed with another key than the one in `url`. */
  unsigned: number
}

export async function startTestS3(): Promise<TestS3> {
  const s3: Pick<TestS3, 'objects' | 'unsigned'> = { objects: new Map(), unsigned: 0 }
  const server = createServer((request, response) => void answer(s3, request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return Object.assign(s3, {
    url: `s3://test-key:test-secret@127.0.0.1:${port}/bucket?tls=0`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

type State = Pick<TestS3, 'objects' | 'unsigned'>

async function answer(s3: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
  const isSigned = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=test-key/')
  if (!isSigned) s3.unsigned += 1
  const body = await buffer(request)
  const name = decodeURIComponent(pathname.slice(1))
  if (request.method === 'PUT') {
    s3.objects.set(name, { content: body, type: request.headers['content-type'] })
    return void response.writeHead(200).end()
  }
  if (request.method === 'POST' && searchParams.has('delete')) {
    for (const [, key = ''] of body.toString().matchAll(/<Key>([^<]+)<\/Key>/g))
      s3.objects.delete(`bucket/${key}`)
    return void response.writeHead(200, XML).end('<DeleteResult></DeleteResult>')
  }
  if (request.method === 'DELETE') {
    s3.objects.delete(name)
    return void response.writeHead(204).end()
  }
  if (searchParams.get('list-type') === '2') return list(s3, searchParams.get('prefix') ?? '', response)
  const object = s3.objects.get(name)
  if (!object) return void response.writeHead(404, XML).end('<Error><Code>NoSuchKey</Code></Error>')
  response.writeHead(200, { 'content-length': object.content.length, etag: '"tag"' })
  response.end(request.method === 'HEAD' ? undefined : object.content)
}

const XML = { 'content-type': 'application/xml' }

function list({ objects }: State, prefix: string, response: ServerResponse): void {
  const keys = [...objects.keys()].map((name) => name.replace('bucket/', ''))
  const found = keys.filter((key) => key.startsWith(prefix))
  const contents = found.map(
    (key) =>
      `<Contents><Key>${key}</Key><Size>1</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>`,
  )
  response
    .writeHead(200, XML)
    .end(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`)
}
