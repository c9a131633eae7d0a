import { fileURLToPath } from 'node:url'

/** Where files are kept. */
export type StorageLocation =
  | { kind: 'folder'; path: string }
  | {
      kind: 's3'
      endpoint: string
      region: string
      bucket: string
      accessKeyId: string
      secretAccessKey: string
    }

const REGION_DEFAULT = 'us-east-1'

/**
 * Reads STORAGE_URL: `file:///srv/files`, or `s3://key:secret@host[:port]/bucket[?region=…&tls=0]` for any store that speaks
 * S3, asked by `https://host:port/bucket/…` (`tls=0`: http). Key and secret are percent-encoded where a URL asks for it.
 *
 * @throws TypeError for anything else; its text repeats no part of the URL, which holds a secret
 */
export function parseStorageUrl(text: string): StorageLocation {
  const url = URL.parse(text)
  if (url?.protocol === 'file:' && url.search === '') return { kind: 'folder', path: fileURLToPath(url) }
  const bucket = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(url?.pathname ?? '')?.[1]
  const isWhole = url?.protocol === 's3:' && url.username !== '' && url.password !== '' && url.hostname !== ''
  const unknown = [...(url?.searchParams.keys() ?? [])].filter((name) => !['region', 'tls'].includes(name))
  if (!url || !isWhole || bucket === undefined || unknown.length > 0) throw notUnderstood()
  return {
    kind: 's3',
    endpoint: `${url.searchParams.get('tls') === '0' ? 'http' : 'https'}://${url.host}`,
    region: url.searchParams.get('region') ?? REGION_DEFAULT,
    bucket,
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  }
}

function notUnderstood(): TypeError {
  return new TypeError('must be file:///folder or s3://key:secret@host:port/bucket')
}
