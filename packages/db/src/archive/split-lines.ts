import { ArchiveError } from './archive-error.ts'

/** More than the server takes in one packet. */
export const LINE_BYTES_MAX = 16_000_000
const NEWLINE = 10

/**
 * Lines of a stream of bytes, each ended by a newline and by nothing else: what else Unicode takes for the end of a line
 * may stand in a message. A line that never ends is refused before it fills the memory.
 */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  lineBytesMax = LINE_BYTES_MAX,
): AsyncGenerator<string> {
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8')
      rest = []
      restBytes = 0
      from = end + 1
    }
    rest.push(chunk.subarray(from))
    restBytes += chunk.length - from
    if (restBytes > lineBytesMax)
      throw new ArchiveError('A row in the archive is longer than any row can be.')
  }
  if (restBytes > 0) throw new ArchiveError('The archive ends in the middle of a row.')
}
