import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Endpoint } from './types.ts'

/** For tests: a way to the server on which connections can fall silent, as behind a cable that was pulled. */
export async function openProxy(server: Endpoint) {
  const pairs = new Set<{ near: Socket; far: Socket }>()
  const proxy = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port: server.port, host: server.host, allowHalfOpen: true })
    const pair = { near, far }
    pairs.add(pair)
    near.pipe(far)
    far.pipe(near)
    const drop = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.on('error', drop).on('close', drop)
  })
  const port = await listen(proxy)
  return {
    endpoint: { host: '127.0.0.1', port },
    /** What is open now carries nothing any more; new connections are well. */
    silence() {
      for (const { near, far } of pairs) {
        near.unpipe(far).pause()
        far.unpipe(near).pause()
      }
    },
    async [Symbol.asyncDispose]() {
      for (const { near, far } of pairs) {
        near.destroy()
        far.destroy()
      }
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

function listen(proxy: Server): Promise<number> {
  return new Promise((resolve) => {
    proxy.listen(0, '127.0.0.1', () => {
      const address = proxy.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
