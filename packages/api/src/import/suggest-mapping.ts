import { foldWords } from '@sarai/db'
import type { CustomerField } from '../customer/model.ts'
import { IMPORT_NAME_COLUMNS_MAX, type ImportDetail, type ImportMapping } from './schema.ts'

/** How columns are called in files of address books, shops and other desks, in both languages. Folded when compared. */
const FIRST_NAMES = ['first name', 'given name', 'forename', 'پہلا نام']
const LAST_NAMES = ['last name', 'family name', 'surname', 'خاندانی نام', 'آخری نام']
const FULL_NAMES = [
  'name',
  'full name',
  'customer',
  'customer name',
  'client',
  'client name',
  'contact',
  'contact name',
  'display name',
  'نام',
  'پورا نام',
  'گاہک',
  'گاہک کا نام',
]
const DETAILS: Record<ImportDetail, readonly string[]> = {
  email: ['email', 'e mail', 'email address', 'e mail address', 'e mail 1 value', 'mail', 'ای میل', 'ایمیل'],
  phone: [
    'phone',
    'phone number',
    'phone 1 value',
    'mobile',
    'mobile number',
    'mobile phone',
    'cell',
    'telephone',
    'tel',
    'whatsapp',
    'contact number',
    'فون',
    'فون نمبر',
    'موبائل',
    'موبائل نمبر',
    'رابطہ نمبر',
  ],
  company: [
    'company',
    'company name',
    'organization',
    'organisation',
    'business',
    'کمپنی',
    'ادارہ',
    'کاروبار',
  ],
  city: ['city', 'town', 'شہر'],
  owner: [
    'owner',
    'account owner',
    'customer owner',
    'contact owner',
    'responsible',
    'account manager',
    'ذمہ دار',
    'نگران',
  ],
  about: ['about', 'notes', 'note', 'comment', 'comments', 'remarks', 'description', 'نوٹ', 'تفصیل', 'تبصرہ'],
}

/** What the columns of a file seem to be, by their names; null if none of them is a customer's name. */
export function suggestMapping(
  columns: readonly string[],
  ownFields: readonly Pick<CustomerField, 'id' | 'name' | 'archivedAt'>[],
): ImportMapping | null {
  const words = columns.map(foldWords)
  const find = (names: readonly string[]) => {
    const column = words.findIndex((word) => names.some((name) => foldWords(name) === word))
    return column < 0 ? undefined : column
  }
  const name = findName(find)
  if (name.length === 0) return null
  const details = Object.entries(DETAILS).flatMap(([detail, names]) => {
    const column = find(names)
    return column === undefined ? [] : [[detail, column] as const]
  })
  const fields = ownFields.flatMap((field) => {
    const column = field.archivedAt === null ? find([field.name]) : undefined
    return column === undefined ? [] : [{ fieldId: field.id, column }]
  })
  return { name, ...Object.fromEntries(details), ...(fields.length > 0 && { fields }) }
}

/** In a file with both, a column called "name" is as often the company's as the whole name: the parts are surer. */
function findName(find: (names: readonly string[]) => number | undefined): number[] {
  const parts = [find(FIRST_NAMES), find(LAST_NAMES)].filter((column) => column !== undefined)
  if (parts.length === 2) return parts.slice(0, IMPORT_NAME_COLUMNS_MAX)
  const whole = find(FULL_NAMES) ?? parts[0]
  return whole === undefined ? [] : [whole]
}
