import { z } from 'zod'

/** What the tests need to know of the running installation; handed from the set-up to the workers. */
const Installation = z.object({
  baseUrl: z.url(),
  secret: z.string(),
  /** As the server has it: accounts that the tests make must be let in from where the server connects. */
  databaseUrl: z.url(),
})
type Installation = z.infer<typeof Installation>

const VARIABLE = 'SARAI_E2E_INSTALLATION'

export function publishInstallation(installation: Installation): void {
  process.env[VARIABLE] = JSON.stringify(installation)
}

export function readInstallation(): Installation {
  return Installation.parse(JSON.parse(process.env[VARIABLE] ?? 'null'))
}
