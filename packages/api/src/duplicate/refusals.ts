import { DomainError } from '../errors.ts'

export function unknownCustomers(): DomainError {
  return new DomainError('NOT_FOUND', 'One of these customers cannot be found.')
}

/** `details` say which, and whose part it is by now. */
export function mergedAlready(details: {
  id: string
  mergedInto: string | null
  reason?: string
}): DomainError {
  const message = 'One of these customers has been merged already. Open the list again.'
  return new DomainError('CONFLICT', message, { details })
}
