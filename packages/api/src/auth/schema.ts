import { z } from 'zod'

export const PASSWORD_LENGTH_MIN = 10
export const PASSWORD_LENGTH_MAX = 128
export const EMAIL_LENGTH_MAX = 254
export const USER_NAME_LENGTH_MAX = 120

/** E-mail addresses are compared in lower case, as the users table does. */
const email = z.string().trim().toLowerCase().pipe(z.email().max(EMAIL_LENGTH_MAX))

export const Password = z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX)
export type Password = z.infer<typeof Password>

/** No lower bound for the password: a short one is merely wrong, and says so after the same work. */
export const SignInInput = z.object({
  email,
  password: z.string().min(1).max(PASSWORD_LENGTH_MAX),
})
export type SignInInput = z.infer<typeof SignInInput>

/** Digits of a device, or a recovery code with whatever was typed between its letters. */
export const CODE_LENGTH_MAX = 40
/** Longer than any link's token. */
export const TOKEN_LENGTH_MAX = 100

const code = z.string().trim().min(1).max(CODE_LENGTH_MAX)
const token = z.string().min(1).max(TOKEN_LENGTH_MAX)
const presentPassword = z.string().min(1).max(PASSWORD_LENGTH_MAX)

export const SecondStepInput = z.object({ challenge: token, code })
export type SecondStepInput = z.infer<typeof SecondStepInput>

export const SessionIdInput = z.strictObject({ id: z.uuid() })
export type SessionIdInput = z.infer<typeof SessionIdInput>

export const ChangePasswordInput = z.strictObject({ current: presentPassword, password: Password })
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>

export const RequestResetInput = z.strictObject({ email, locale: z.enum(['en', 'ur']).default('en') })
export type RequestResetInput = z.infer<typeof RequestResetInput>

export const ResetPasswordInput = z.strictObject({ token, password: Password })
export type ResetPasswordInput = z.infer<typeof ResetPasswordInput>

export const PasswordInput = z.strictObject({ password: presentPassword })
export type PasswordInput = z.infer<typeof PasswordInput>

export const CodeInput = z.strictObject({ code })
export type CodeInput = z.infer<typeof CodeInput>

export const CreateUserInput = z.strictObject({
  name: z.string().trim().min(1).max(USER_NAME_LENGTH_MAX),
  email,
  password: Password,
  /** They have shown that they read what is sent there. */
  isVerified: z.boolean().default(false),
})
export type CreateUserInput = z.input<typeof CreateUserInput>

export const SetPasswordInput = z.strictObject({ userId: z.uuid(), password: Password })
export type SetPasswordInput = z.infer<typeof SetPasswordInput>
