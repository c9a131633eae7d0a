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

export const CreateUserInput = z.strictObject({
  name: z.string().trim().min(1).max(USER_NAME_LENGTH_MAX),
  email,
  password: Password,
})
export type CreateUserInput = z.infer<typeof CreateUserInput>

export const SetPasswordInput = z.strictObject({ userId: z.uuid(), password: Password })
export type SetPasswordInput = z.infer<typeof SetPasswordInput>
