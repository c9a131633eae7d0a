import { z } from 'zod'

export const TENANT_KEY_PATTERN = /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/
export const TENANT_NAME_LENGTH_MAX = 120
export const OWNER_EMAIL_LENGTH_MAX = 254

/** First path segments that the server or the web app own; no tenant may take one. Tested against the routes. */
export const RESERVED_TENANT_KEYS = [
  'api',
  'assets',
  'healthz',
  'metrics',
  'operator',
  'readyz',
  'sign-in',
  'sign-out',
  'sign-up',
  'trpc',
  'welcome',
  'widget',
  'workspaces',
] as const

export const TenantKey = z
  .string()
  .regex(TENANT_KEY_PATTERN)
  .refine((key) => !(RESERVED_TENANT_KEYS as readonly string[]).includes(key), {
    error: 'This key is reserved. Choose another.',
  })
export type TenantKey = z.infer<typeof TenantKey>

export const LANGUAGES = ['en', 'ur'] as const
/** 0 is Monday: the days that a week begins with somewhere. */
export const WEEK_STARTS = [0, 5, 6] as const
export const TIME_ZONE_LENGTH_MAX = 64

/** ISO 3166, those whose phone numbers can be read. */
// oxfmt-ignore
export const COUNTRIES = [
  'AC', 'AD', 'AE', 'AF', 'AG', 'AI', 'AL', 'AM', 'AO', 'AR', 'AS', 'AT', 'AU', 'AW', 'AX', 'AZ',
  'BA', 'BB', 'BD', 'BE', 'BF', 'BG', 'BH', 'BI', 'BJ', 'BL', 'BM', 'BN', 'BO', 'BQ', 'BR', 'BS',
  'BT', 'BW', 'BY', 'BZ', 'CA', 'CC', 'CD', 'CF', 'CG', 'CH', 'CI', 'CK', 'CL', 'CM', 'CN', 'CO',
  'CR', 'CU', 'CV', 'CW', 'CX', 'CY', 'CZ', 'DE', 'DJ', 'DK', 'DM', 'DO', 'DZ', 'EC', 'EE', 'EG',
  'EH', 'ER', 'ES', 'ET', 'FI', 'FJ', 'FK', 'FM', 'FO', 'FR', 'GA', 'GB', 'GD', 'GE', 'GF', 'GG',
  'GH', 'GI', 'GL', 'GM', 'GN', 'GP', 'GQ', 'GR', 'GT', 'GU', 'GW', 'GY', 'HK', 'HN', 'HR', 'HT',
  'HU', 'ID', 'IE', 'IL', 'IM', 'IN', 'IO', 'IQ', 'IR', 'IS', 'IT', 'JE', 'JM', 'JO', 'JP', 'KE',
  'KG', 'KH', 'KI', 'KM', 'KN', 'KP', 'KR', 'KW', 'KY', 'KZ', 'LA', 'LB', 'LC', 'LI', 'LK', 'LR',
  'LS', 'LT', 'LU', 'LV', 'LY', 'MA', 'MC', 'MD', 'ME', 'MF', 'MG', 'MH', 'MK', 'ML', 'MM', 'MN',
  'MO', 'MP', 'MQ', 'MR', 'MS', 'MT', 'MU', 'MV', 'MW', 'MX', 'MY', 'MZ', 'NA', 'NC', 'NE', 'NF',
  'NG', 'NI', 'NL', 'NO', 'NP', 'NR', 'NU', 'NZ', 'OM', 'PA', 'PE', 'PF', 'PG', 'PH', 'PK', 'PL',
  'PM', 'PR', 'PS', 'PT', 'PW', 'PY', 'QA', 'RE', 'RO', 'RS', 'RU', 'RW', 'SA', 'SB', 'SC', 'SD',
  'SE', 'SG', 'SH', 'SI', 'SJ', 'SK', 'SL', 'SM', 'SN', 'SO', 'SR', 'SS', 'ST', 'SV', 'SX', 'SY',
  'SZ', 'TA', 'TC', 'TD', 'TG', 'TH', 'TJ', 'TK', 'TL', 'TM', 'TN', 'TO', 'TR', 'TT', 'TV', 'TW',
  'TZ', 'UA', 'UG', 'US', 'UY', 'UZ', 'VA', 'VC', 'VE', 'VG', 'VI', 'VN', 'VU', 'WF', 'WS', 'XK',
  'YE', 'YT', 'ZA', 'ZM', 'ZW',
] as const

/** A name of the IANA list, never a bare offset: an offset knows no daylight saving. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9/_+-]*$/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const TimeZone = z
  .string()
  .max(TIME_ZONE_LENGTH_MAX)
  .refine(isTimeZone, { error: 'Choose a time zone from the list.' })

/** What is left out stays as it is. */
export const UpdateProfileInput = z.strictObject({
  name: z.string().trim().min(1).max(TENANT_NAME_LENGTH_MAX).optional(),
  /** null: the browser's of each person. */
  language: z.enum(LANGUAGES).nullable().optional(),
  timeZone: TimeZone.optional(),
  weekStartsOn: z.literal(WEEK_STARTS).optional(),
  /** Whose way of writing is meant by a phone number without a country code. */
  country: z.enum(COUNTRIES).optional(),
})
export type UpdateProfileInput = z.infer<typeof UpdateProfileInput>

export const CreateTenantInput = z.strictObject({
  tenantKey: TenantKey,
  name: z.string().trim().min(1).max(TENANT_NAME_LENGTH_MAX),
  ownerEmail: z.string().trim().max(OWNER_EMAIL_LENGTH_MAX).pipe(z.email()),
})
export type CreateTenantInput = z.infer<typeof CreateTenantInput>
