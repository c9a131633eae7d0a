/** The token behind the # of a link, taken out of the address bar so that it is not left in the history. */
export function takeHashToken(): string {
  const token = location.hash.slice(1)
  if (token !== '') history.replaceState(history.state, '', location.pathname + location.search)
  return token
}
