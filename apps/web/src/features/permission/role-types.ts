import type { Trpc } from '../../lib/trpc.ts'

export type Role = Trpc['permission']['role']['list']['~types']['output']['items'][number]
export type Member = Trpc['permission']['member']['list']['~types']['output']['items'][number]
