import {
  NOTIFICATION_WAYS,
  type NotificationSettings,
  UNREAD_CONVERSATIONS_MAX,
} from '@sarai/api/notification/schema'
import type { NumberedChange } from '@sarai/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useChanges } from '../../lib/changes.ts'
import { useFormat } from '../../lib/format.ts'
import { showUnread } from '../../lib/page.ts'
import { sessionQuery } from '../../lib/session.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { hasFocus, shareAttention } from './attention.ts'
import { type Burst, Bursts } from './burst.ts'
import { tell } from './tell.ts'
import { type Notice, toNotice } from './to-notice.ts'

/** The number in the title is asked for again at most so often. */
const COUNT_EVERY_MS = 3_000
const TEXT_LENGTH_MAX = 140

/** Tells the member what is news to them, whatever page is open. Draws nothing. */
export function Notifications() {
  useNews()
  useUnreadTitle()
  return null
}

function useNews(): void {
  const tenantKey = useTenantKey()
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const describe = useDescription()
  const openId = useParams({ strict: false, select: (params) => params.conversationId })
  const { data: session } = useQuery(sessionQuery)
  const { data: settings } = useQuery(trpc.notification.settings.queryOptions())
  const bursts = useRef(new Bursts())
  useEffect(() => {
    const over = new AbortController()
    shareAttention(tenantKey, over.signal)
    globalThis.addEventListener('focus', () => bursts.current.clear(), { signal: over.signal })
    return () => over.abort()
  }, [tenantKey])
  useChanges((change) => {
    if (change.kind === 'notification.configured') {
      void queryClient.invalidateQueries(trpc.notification.settings.queryFilter())
    }
    const notice = session && toNotice(change, { userId: session.user.id, now: Date.now() })
    if (!notice || !settings || !isWanted(settings, notice)) return
    if (hasFocus() && notice.conversationId === openId) return
    const burst = bursts.current.add(notice, Date.now())
    const open = () => {
      bursts.current.clear()
      const params = { tenantKey, conversationId: notice.conversationId }
      void navigate(
        burst.conversations === 1
          ? { to: '/$tenantKey/chat/$conversationId', params }
          : { to: '/$tenantKey/chat', params: { tenantKey } },
      )
    }
    void tell({ tenantKey, settings, burst, ...describe(burst), open })
  })
}

/** What is told in no way is not counted either. */
function isWanted({ kinds }: NotificationSettings, { kind }: Notice): boolean {
  return NOTIFICATION_WAYS.some((way) => kinds[kind][way])
}

function useDescription(): (burst: Burst) => { title: string; text: string; openLabel: string } {
  const t = useTranslations('notification')
  return ({ latest, count, conversations }) => {
    const name = latest.customerName
    const openLabel = t('open')
    if (conversations > 1) return { title: t('several', { count, conversations }), text: name, openLabel }
    const title = latest.kind === 'assigned' || latest.kind === 'mention' ? t(latest.kind, { name }) : name
    if (count > 1) return { title, text: t('more', { count }), openLabel }
    return { title, text: (latest.text ?? t('noText')).slice(0, TEXT_LENGTH_MAX), openLabel }
  }
}

const COUNTED = new Set<NumberedChange['kind']>([
  'message.created',
  'conversation.updated',
  'conversation.read',
])

/** In the title and the icon: how many conversations wait for this member. */
function useUnreadTitle(): void {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const format = useFormat()
  const { data } = useQuery(trpc.notification.unread.queryOptions())
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useChanges(({ kind }) => {
    if (!COUNTED.has(kind) || timer.current !== undefined) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      void queryClient.invalidateQueries(trpc.notification.unread.queryFilter())
    }, COUNT_EVERY_MS)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  const count = data?.count ?? 0
  const shown = format.number(Math.min(count, UNREAD_CONVERSATIONS_MAX))
  const label = count > UNREAD_CONVERSATIONS_MAX ? `${shown}+` : shown
  useEffect(() => {
    showUnread(count === 0 ? '' : label)
    return () => showUnread('')
  }, [count, label])
}
