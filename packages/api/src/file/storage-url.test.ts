import { expect, test } from 'vitest'
import { parseStorageUrl } from './storage-url.ts'

test('a folder of this machine, or a bucket of any store that speaks S3', () => {
  expect(parseStorageUrl('file:///srv/sarai%20files')).toEqual({ kind: 'folder', path: '/srv/sarai files' })
  const store = { kind: 's3', bucket: 'files', accessKeyId: 'key', secretAccessKey: 'a/b+c' }
  expect(parseStorageUrl('s3://key:a%2Fb%2Bc@s3.example/files?region=eu-central-1')).toEqual({
    ...store,
    endpoint: 'https://s3.example',
    region: 'eu-central-1',
  })
  expect(parseStorageUrl('s3://key:a%2Fb%2Bc@127.0.0.1:9000/files/?tls=0')).toEqual({
    ...store,
    endpoint: 'http://127.0.0.1:9000',
    region: 'us-east-1',
  })
})

test.each([
  '',
  'files',
  'https://key:secret@s3.example/files',
  's3://s3.example/files',
  's3://key@s3.example/files',
  's3://key:secret@s3.example/',
  's3://key:secret@s3.example/files/inside',
  's3://key:secret@s3.example/Files',
  's3://key:secret@s3.example/files?acl=public',
  'file:///srv/files?mode=777',
])('anything else is refused, and its secret not repeated: %j', (text) => {
  expect(() => parseStorageUrl(text)).toThrow(
    new TypeError('must be file:///folder or s3://key:secret@host:port/bucket'),
  )
})
