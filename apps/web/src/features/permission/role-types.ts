import type { Trpc } from '../../lib/trpc.ts'

export type Role = Trpc['permission']['role']['list']['~types']['output']['items'][number]
export type Invitation = Trpc['permission']['invitation']['list']['~types']['output']['items'][number]
export type SentInvitation = Trpc['permission']['member']['invite']['~types']['output']
export type Member = Trpc['permission']['member']['list']['~types']['output']['items'][number]
export type ApiKey = Trpc['permission']['key']['list']['~types']['output']['items'][number]
export type MadeKey = Trpc['permission']['key']['create']['~types']['output']
