/** A path of our own. Anything else in `returnTo` would let a link send people elsewhere after they sign in. */
export function isInternalPath(value: unknown): value is string {
  if (typeof value !== 'string' || !value.startsWith('/') || /^\/[/\\]/.test(value)) return false
  return !/[\u0000-\u001f\\]/.test(value) && !value.startsWith('/sign-in')
}
