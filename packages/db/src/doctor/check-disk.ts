import { statfs } from 'node:fs/promises'
import { type Finding, ok, problem, warning } from './finding.ts'
import { type Patient, query } from './patient.ts'

const GIBIBYTE = 1024 ** 3
/** With less than this a server may stop in the middle of a write; every write fails when nothing is left. */
export const DISK_FREE_MIN_BYTES = GIBIBYTE
/** Below this share somebody should make room, unless what is free is much by itself. */
export const DISK_FREE_FEW_SHARE = 0.1
export const DISK_FREE_MUCH_BYTES = 50 * GIBIBYTE

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/

/** The disk that the server's data lies on, if it is of this machine: of another nobody here can say anything. */
export async function checkDisk(patient: Patient): Promise<Finding> {
  const [row] = await query(patient, 'SELECT @@datadir AS folder')
  const folder = String(row?.['folder'])
  const space = LOOPBACK.test(patient.server.host) ? await measure(folder) : undefined
  if (space) return judgeDisk({ folder, ...space })
  return ok('disk', 'The data lies on a disk that cannot be seen from here: watch it where the server runs.')
}

interface Space {
  freeBytes: number
  allBytes: number
}

/** Undefined for a folder that is not there or not for us: a server in a container names one of its own. */
async function measure(folder: string): Promise<Space | undefined> {
  const disk = await statfs(folder).catch(() => undefined)
  return disk && { freeBytes: disk.bavail * disk.bsize, allBytes: disk.blocks * disk.bsize }
}

export function judgeDisk({ folder, freeBytes, allBytes }: Space & { folder: string }): Finding {
  const found = `${inGibibytes(freeBytes)} of ${inGibibytes(allBytes)} are free for the data in ${folder}.`
  const advice = 'Make room or move the data to a larger disk: without room every write fails.'
  if (freeBytes < DISK_FREE_MIN_BYTES) return problem('disk', found, advice)
  const isFew = freeBytes < allBytes * DISK_FREE_FEW_SHARE && freeBytes < DISK_FREE_MUCH_BYTES
  return isFew ? warning('disk', found, advice) : ok('disk', found)
}

function inGibibytes(bytes: number): string {
  return `${(bytes / GIBIBYTE).toFixed(1)} GiB`
}
