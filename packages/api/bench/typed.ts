/** What people type, letter by letter from the second on. */
export interface TypedGroup {
  name: string
  searches: readonly string[]
}

const LATIN = ['zubair', 'khan', 'ayesha siddiqui', 'butt', 'muller', 'qureshi farhan', 'naqvi']
const URDU = ['عائشہ', 'قریشی', 'علی خان', 'عظمی', 'حمزه', 'ماہ نور']
const CONTACT = ['03004567', '+923005', '۰۳۰۰۱۲', 'fatima.k', 'crescent', 'noor trad']
const NOBODY = ['zzyzx', 'qwerty', 'خصوصق']
const MIDDLE = ['shah', 'iddi', 'ureshi']

function typed(texts: readonly string[]): string[] {
  return texts.flatMap((text) => Array.from({ length: text.length - 1 }, (_, at) => text.slice(0, at + 2)))
}

export const TYPED: readonly TypedGroup[] = [
  { name: 'the first two letters', searches: [...LATIN, ...URDU].map((text) => text.slice(0, 2)) },
  { name: 'a name in Latin', searches: typed(LATIN) },
  { name: 'a name in Urdu', searches: typed(URDU) },
  { name: 'phone, e-mail, company', searches: typed(CONTACT) },
  { name: 'the middle of a word', searches: MIDDLE },
  { name: 'what nobody has', searches: NOBODY },
]
