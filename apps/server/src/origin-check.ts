import { DomainError } from '@sarai/api'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readBearer } from './caller.ts'

/** What a browser of the last years says when one of our own pages asks, or the person typed the address. */
const OWN_FETCH_SITES = ['same-origin', 'none']

/**
 * Refuses what a page of another site makes a browser send, for everything that changes something or streams:
 * a session cookie alone proves who, not from where. Both headers are set by browsers and cannot be set by
 * pages; a caller without either is no browser and brings no cookies of its own accord.
 */
export function checkOrigins(scope: FastifyInstance, publicUrl: URL | undefined): void {
  scope.addHook('onRequest', async (request) => {
    if (isOwnOrigin(request, publicUrl) || isByKey(request)) return
    throw new DomainError('FORBIDDEN', 'This request came from another site and was refused.')
  })
}

/**
 * A key is sent by a program and by no browser of its own accord; with it a cookie counts for nothing, so there is nobody
 * whose session a foreign page could use.
 */
function isByKey(request: FastifyRequest): boolean {
  return Object.hasOwn(Object(request.params), 'tenantKey') && readBearer(request) !== null
}

export function isOwnOrigin(request: FastifyRequest, publicUrl: URL | undefined): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && !OWN_FETCH_SITES.includes(String(site))) return false
  const { origin } = request.headers
  if (origin === undefined) return true
  const url = URL.parse(origin)
  // Hosts are compared, not schemes: behind a proxy that ends TLS we see http where the page says https.
  return url !== null && (url.host === hostOf(request, url) || url.origin === publicUrl?.origin)
}

/** The host we were asked under, with the default port of the page's scheme left out as in an origin. */
function hostOf(request: FastifyRequest, origin: URL): string | undefined {
  return URL.parse(`${origin.protocol}//${request.host}`)?.host
}
