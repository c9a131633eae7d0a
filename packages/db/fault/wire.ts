import type { Judge } from './fault-proxy.ts'

/** The commands of MySQL's protocol that the pool sends. */
export const COMMAND = { quit: 1, query: 3, ping: 14, changeUser: 17, reset: 31 } as const

const HEADER_BYTES = 4
const AUTOCOMMIT = 2

/** An OK packet in answer to a command: what a server says that has done as it was told. */
export const FORGED_OK = packet(Buffer.from([0, 0, 0, AUTOCOMMIT, 0, 0, 0]))

/** An ERR packet in answer to a command. */
export function forgedError(errno: number, message: string): Buffer {
  const head = Buffer.from([0xff, errno & 0xff, errno >> 8])
  return packet(Buffer.concat([head, Buffer.from(`#HY000${message}`)]))
}

/** Hears each command with its payload before it is sent on; everything else (a login, its follow-up) passes. */
export function judgeCommands(judge: (command: number, payload: Buffer) => ReturnType<Judge>): Judge {
  return (bytes) => {
    // The pool sends one small packet at a time and waits for its answer: a chunk begins with a packet's header.
    const isCommand = bytes.length > HEADER_BYTES && bytes[3] === 0
    return isCommand ? judge(bytes[HEADER_BYTES] ?? 0, bytes.subarray(HEADER_BYTES + 1)) : undefined
  }
}

function packet(payload: Buffer): Buffer {
  const sequence = 1
  return Buffer.concat([
    Buffer.from([payload.length & 0xff, payload.length >> 8, payload.length >> 16, sequence]),
    payload,
  ])
}
