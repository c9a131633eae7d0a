import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { fastify } from 'fastify'
import { expect, test } from 'vitest'
import { endSlowRequests } from './slow-requests.ts'

test('a request that goes on arriving is ended after its time; a file, and a request that is whole, are not', async () => {
  const app = fastify()
  endSlowRequests(app, 30)
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  const answerLate = () => new Promise<string>((resolve) => setTimeout(() => resolve('late'), 90))
  const uploads = ['/t/:tenantKey/files', '/t/:tenantKey/imports', '/api/operator/archives']
  for (const path of uploads) app.post(path, answerLate)
  app.post('/slow', answerLate)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo

  async function send(path: string, body: string): Promise<string> {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.on('data', (bytes) => (heard += bytes.toString()))
    socket.on('error', () => undefined)
    const closed = once(socket, 'close')
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n\r\n${body}`,
    )
    await closed
    return heard.split('\r\n', 1)[0] ?? ''
  }

  expect(await send('/slow', 'ha')).toBe('')
  expect(await send('/slow', 'whole'.slice(0, 4))).toBe('HTTP/1.1 200 OK')
  for (const path of uploads)
    expect(await send(path.replace(':tenantKey', 'rabin'), 'ha'), path).toBe('HTTP/1.1 200 OK')
  await app.close()
})
