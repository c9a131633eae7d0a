import { mkdir } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { DriverContract } from 'flydrive/types'
import type { StorageLocation } from './storage-url.ts'

/** Of whom, and which. Both are ids of ours: nothing that a person chose becomes a part of a path. */
export interface FileKey {
  tenantId: string
  fileId: string
}

/** Where the bytes of files are. What they are, whose and of which message, is in the tenant's database. */
export interface FileStore {
  /** Overwrites what is there. Resolves when the store has all of it. */
  put(key: FileKey, content: Readable, about: { bytes: number; mediaType: string }): Promise<void>
  /** undefined: the store has no such file. */
  read(key: FileKey): Promise<Readable | undefined>
  /** Twice is the same as once. */
  remove(key: FileKey): Promise<void>
  /** Everything of one tenant. */
  removeAllOf(tenantId: string): Promise<void>
}

/** S3's client, some megabytes of code, is loaded only where it is used. */
export async function openFileStore(location: StorageLocation): Promise<FileStore> {
  const disk = new Disk(
    location.kind === 'folder'
      ? new FSDriver({ location: location.path, visibility: 'private' })
      : await makeS3Driver(location),
  )
  const prepare = makeFolder(location)
  return {
    async put(key, content, { bytes, mediaType }) {
      await prepare()
      await disk.putStream(pathOf(key), content, { contentLength: bytes, contentType: mediaType })
    },
    async read(key) {
      const path = pathOf(key)
      return (await disk.exists(path)) ? disk.getStream(path) : undefined
    },
    remove: async (key) => disk.delete(pathOf(key)),
    removeAllOf: async (tenantId) => disk.deleteAll(`${requireId(tenantId)}/`),
  }
}

/** Made with the first file: a server without any needs no place for them. Other users of the machine cannot look into it. */
function makeFolder(location: StorageLocation): () => Promise<unknown> {
  if (location.kind !== 'folder') return async () => undefined
  return () => mkdir(location.path, { recursive: true, mode: 0o700 })
}

async function makeS3Driver(location: Extract<StorageLocation, { kind: 's3' }>): Promise<DriverContract> {
  const { S3Driver } = await import('flydrive/drivers/s3')
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = location
  return new S3Driver({
    credentials: { accessKeyId, secretAccessKey },
    endpoint,
    region,
    bucket,
    // Names of buckets before the host need a wildcard certificate; a path works everywhere.
    forcePathStyle: true,
    // Trailing checksums are younger than most stores that speak S3.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    visibility: 'private',
    // The bucket's own policy says who may read; many stores know no lists of access.
    supportsACL: false,
  })
}

function pathOf({ tenantId, fileId }: FileKey): string {
  return `${requireId(tenantId)}/${requireId(fileId)}`
}

/** An empty or crooked one would be a folder of somebody else. */
function requireId(id: string): string {
  if (/^[0-9a-f-]{36}$/.test(id)) return id
  throw new Error('this is no id of ours')
}
