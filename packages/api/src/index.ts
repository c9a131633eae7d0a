export { type Auth, type AuthOptions, createAuth } from './auth/auth.ts'
export type { Change, NumberedChange } from './change/change.ts'
export type { Conversation, Message } from './chat/model.ts'
export type { Customer } from './customer/model.ts'
