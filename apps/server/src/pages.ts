import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { DomainError } from '@sarai/api'
import { TenantKey } from '@sarai/api/tenant/schema'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendError } from './error-answer.ts'
import { allowStyleNonce } from './security-headers.ts'

/** The pages that belong to no tenant. Their first words are reserved: no tenant may take them. */
export const PAGE_PATHS = [
  '/',
  '/sign-in',
  '/sign-in/forgot',
  '/sign-in/reset-password',
  '/sign-out',
  '/sign-up',
  '/welcome',
  '/workspaces',
  '/operator',
  '/operator/*',
] as const
/** The pages of a tenant, behind its key. */
export const TENANT_SECTIONS = ['dashboard', 'customers', 'chat', 'settings'] as const

/** Tells the sign-in page that it may offer the demo's accounts. */
const DEMO_MARK = '<meta name="sarai-demo">'
const ASSET_MAX_AGE_MS = 365 * 24 * 60 * 60 * 1000

/** The web app: its files as they are, and its one page for every path that is a page. */
export async function addPages(
  app: FastifyInstance,
  { webRoot, isDemo }: { webRoot: string; isDemo: boolean },
): Promise<void> {
  const sendPage = makeSendPage({ file: join(webRoot, 'index.html'), isDemo })
  for (const path of PAGE_PATHS) app.get(path, (_request, reply) => sendPage(reply, 200))
  app.get<{ Params: { tenantKey: string } }>('/:tenantKey', tenantPage(sendPage))
  for (const section of TENANT_SECTIONS) {
    app.get<{ Params: { tenantKey: string } }>(`/:tenantKey/${section}`, tenantPage(sendPage))
    app.get<{ Params: { tenantKey: string } }>(`/:tenantKey/${section}/*`, tenantPage(sendPage))
  }
  app.setNotFoundHandler((request, reply) =>
    wantsPage(request) ? sendPage(reply, 404) : refuse(request, reply),
  )
  if (!existsSync(webRoot)) return
  await app.register(fastifyStatic, {
    root: webRoot,
    // Each file that is there gets a route; a path that is none of them cannot reach the disk.
    wildcard: false,
    index: false,
    cacheControl: false,
    globIgnore: ['index.html', '.vite/**'],
    setHeaders: (reply, path) => void reply.header('cache-control', cacheControl(path, webRoot)),
  })
}

type SendPage = (reply: FastifyReply, status: number) => Promise<FastifyReply>

/** A reserved or malformed key is no tenant's: the app says so, with 404. Whether a good one exists is not told. */
function tenantPage(sendPage: SendPage) {
  return (request: FastifyRequest<{ Params: { tenantKey: string } }>, reply: FastifyReply) =>
    sendPage(reply, TenantKey.safeParse(request.params.tenantKey).success ? 200 : 404)
}

/** Vite names everything under assets/ by its content. The rest is asked for again each time. */
function cacheControl(path: string, webRoot: string): string {
  const isHashed = path.startsWith(join(webRoot, 'assets/'))
  return isHashed ? `public, max-age=${ASSET_MAX_AGE_MS / 1000}, immutable` : 'no-cache'
}

function makeSendPage({ file, isDemo }: { file: string; isDemo: boolean }): SendPage {
  let kept: string | undefined
  return async (reply, status) => {
    kept ??= existsSync(file) ? await readFile(file, 'utf8') : undefined
    if (kept === undefined)
      throw new DomainError('NOT_FOUND', 'The web app has not been built. Run: npm start')
    // The nonce is where Vite's runtime and component libraries look before they add a style of their own.
    const nonce = randomBytes(16).toString('base64url')
    allowStyleNonce(reply, nonce)
    reply.code(status).header('cache-control', 'no-cache').type('text/html; charset=utf-8')
    const marks = [`<meta property="csp-nonce" nonce="${nonce}">`, ...(isDemo ? [DEMO_MARK] : [])]
    return reply.send(kept.replace(/<head>/i, `<head>${marks.join('')}`))
  }
}

/** A person who typed an address, and not one of the machine's. */
function wantsPage(request: FastifyRequest): boolean {
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
  return isPage && !/^\/(api|trpc|t|assets)\//.test(request.url)
}

function refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  sendError(new DomainError('NOT_FOUND', 'There is nothing at this address.'), request, reply)
  return reply
}
