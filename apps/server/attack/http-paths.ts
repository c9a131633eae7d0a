import { PAGE_PATHS, TENANT_SECTIONS } from '../src/pages.ts'

/**
 * Who may ask for what over HTTP, for every path that is registered:
 *
 * - `everyone`: says nothing of anybody
 * - `page`: the web app, the same for whoever asks
 * - `internal`: this machine, or who has the internal token
 * - `procedures`: a row for each of them, see rows.ts
 * - `export`: a list as a file; a row of its procedure in rows.ts, asked page after page, and what exports.integration.test.ts says
 * - `file`: members who may read or write messages; attacked in files.integration.test.ts
 * - `upload`: members with the permission, by a session of their own and from our own pages
 * - `archive`: operators, from our own pages; attacked in archives.integration.test.ts
 * - `sign-in`: what it tells is about the caller's own session
 */
export type PathAudience =
  | 'everyone'
  | 'page'
  | 'internal'
  | 'procedures'
  | 'export'
  | 'file'
  | 'upload'
  | 'archive'
  | 'sign-in'

const TENANT_PAGES = TENANT_SECTIONS.flatMap((section) => [
  `/:tenantKey/${section}`,
  `/:tenantKey/${section}/*`,
])

export const HTTP_PATHS: Record<string, PathAudience> = {
  '/healthz': 'everyone',
  '/readyz': 'everyone',
  '/metrics': 'internal',
  '/api/internal/tenant-info': 'internal',
  '/api/auth/*': 'sign-in',
  '/trpc/*': 'procedures',
  '/t/:tenantKey/trpc/*': 'procedures',
  '/t/:tenantKey/audit.csv': 'export',
  '/t/:tenantKey/customers.csv': 'export',
  '/api/operator/audit.csv': 'export',
  '/t/:tenantKey/files': 'file',
  '/t/:tenantKey/files/:fileId': 'file',
  '/t/:tenantKey/imports': 'upload',
  '/api/operator/archives': 'archive',
  '/api/operator/archives/:transferId': 'archive',
  ...Object.fromEntries([...PAGE_PATHS, '/:tenantKey', ...TENANT_PAGES].map((path) => [path, 'page'])),
}
