import { foldText, foldWords } from '@sarai/db'

/** What tells who somebody is: a customer, or who will be one by an earlier row. */
export interface Person {
  id: string
  /** As it is written. */
  name: string
  email: string | null
  phone: string | null
  /** False for who is there by an earlier row of the file alone. */
  isCustomer: boolean
}

export type PersonKey = 'phone' | 'email' | 'name'

/** By what a person is found: the phone in E.164, the e-mail and the name folded as the server folds those of customers. */
export function keysOf({
  name,
  email,
  phone,
}: Pick<Person, 'email' | 'phone'> & { name: string | null }): Partial<Record<PersonKey, string>> {
  const folded = { email: foldText(email ?? '').trim(), name: foldWords(name ?? '') }
  return {
    ...(phone && { phone }),
    ...(folded.email && { email: folded.email }),
    ...(folded.name && { name: folded.name }),
  }
}

export type Match =
  | { kind: 'none' }
  | { kind: 'one'; person: Person; by: PersonKey }
  /** The phone is one's and the e-mail another's. */
  | { kind: 'two' }
  /** Nothing but the name tells, and several have it. */
  | { kind: 'several' }

/** The people whom the rows at hand may be. Those of earlier rows are added as they are settled. */
export class KnownPeople {
  readonly #byKey = new Map<string, Map<string, Person>>()

  constructor(people: Iterable<Person>) {
    for (const person of people) this.add(person)
  }

  add(person: Person): void {
    for (const [key, value] of Object.entries(keysOf(person))) {
      const found = this.#byKey.get(`${key} ${value}`) ?? new Map<string, Person>()
      this.#byKey.set(`${key} ${value}`, found.set(person.id, person))
    }
  }

  /**
   * Who has the phone or the e-mail is the same person. A name alone tells only where neither phone nor e-mail speaks
   * against it: two people of one name with two numbers are two.
   */
  match(wanted: Pick<Person, 'email' | 'phone'> & { name: string | null }): Match {
    const keys = keysOf(wanted)
    const byPhone = this.#find('phone', keys.phone)[0]
    const byEmail = this.#find('email', keys.email)[0]
    if (byPhone && byEmail && byPhone.id !== byEmail.id) return { kind: 'two' }
    if (byPhone) return { kind: 'one', person: byPhone, by: 'phone' }
    if (byEmail) return { kind: 'one', person: byEmail, by: 'email' }
    const [one, another] = this.#find('name', keys.name).filter((person) => agrees(keysOf(person), keys))
    if (another) return { kind: 'several' }
    return one ? { kind: 'one', person: one, by: 'name' } : { kind: 'none' }
  }

  #find(key: PersonKey, value: string | undefined): Person[] {
    return value === undefined ? [] : [...(this.#byKey.get(`${key} ${value}`)?.values() ?? [])]
  }
}

type Keys = ReturnType<typeof keysOf>

function agrees(one: Keys, other: Keys): boolean {
  return (['phone', 'email'] as const).every(
    (key) => one[key] === undefined || other[key] === undefined || one[key] === other[key],
  )
}
