import { z } from 'zod'
import type { Attachment } from '@sarai/api'

/** As it stands in the browser beside a draft: a file that was chosen and is not sent yet. */
const KeptChosen = z.object({
  key: z.string(),
  conversationId: z.uuid(),
  name: z.string(),
  bytes: z.number(),
  /** What the server has of it; null: nothing yet. */
  attachment: z
    .object({
      id: z.string(),
      name: z.string(),
      mediaType: z.string(),
      bytes: z.number(),
      picture: z.object({ width: z.number(), height: z.number() }).exactOptional(),
    })
    .nullable(),
})
export interface KeptChosen extends Omit<z.infer<typeof KeptChosen>, 'attachment'> {
  attachment: Attachment | null
}

/** Read with suspicion: an older version of the app may have left it. */
export function readChosen(value: unknown): KeptChosen[] {
  const parsed = KeptChosen.safeParse(value)
  return parsed.success ? [parsed.data] : []
}
