import type { MergePreview } from '@sarai/api'
import type { MergeCustomersInput } from '@sarai/api/duplicate/schema'

/** Who stays and whose value each field gets, by the customers' places in the preview. */
export type MergeChoices = Pick<MergePreview, 'survivor' | 'details' | 'fields'>

/** For the server 0 is who stays, and the others follow in their order. */
export function toMergeInput(
  { customers }: Pick<MergePreview, 'customers'>,
  { survivor, details, fields }: MergeChoices,
): MergeCustomersInput {
  const order = [survivor, ...customers.map((_customer, at) => at).filter((at) => at !== survivor)]
  const place = (whose: number) => order.indexOf(whose)
  const people = order.flatMap((at) => customers[at] ?? [])
  const [stays, ...merged] = people
  return {
    survivorId: stays?.id ?? '',
    survivorVersion: stays?.version ?? 0,
    merged: merged.map(({ id, version }) => ({ id, version })),
    details: {
      name: place(details.name),
      email: place(details.email),
      phone: place(details.phone),
      company: place(details.company),
      city: place(details.city),
      about: place(details.about),
      owner: place(details.owner),
    },
    fields: Object.fromEntries(Object.entries(fields).map(([id, whose]) => [id, place(whose)])),
  }
}
