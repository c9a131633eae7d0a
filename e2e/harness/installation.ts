import type { ServerAddress } from '@sarai/db'
import { z } from 'zod'

/** What the tests need to know of the running installation; handed from the set-up to the workers. */
const Installation = z.object({
  baseUrl: z.url(),
  secret: z.string(),
  admin: z.object({
    host: z.string(),
    port: z.number(),
    socketPath: z.string().optional(),
    user: z.string(),
    password: z.string(),
  }),
})
type Installation = z.infer<typeof Installation>

const VARIABLE = 'SARAI_E2E_INSTALLATION'

export function publishInstallation(installation: {
  baseUrl: string
  secret: string
  admin: ServerAddress
}): void {
  process.env[VARIABLE] = JSON.stringify(installation)
}

export function readInstallation(): Installation {
  return Installation.parse(JSON.parse(process.env[VARIABLE] ?? 'null'))
}
