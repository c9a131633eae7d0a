import type { CustomerEvent, FieldChange, FieldValue, TimelineItem } from '@sarai/api'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { formatPhone } from '../../lib/format-phone.ts'
import { useCan } from '../../lib/permissions.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TimelineNote } from './timeline-note.tsx'
import { useUndoMerge } from './use-undo-merge.ts'

type Line<Type extends TimelineItem['type']> = Extract<TimelineItem, { type: Type }>

/** One thing that happened: what, who, when. */
export function TimelineLine({ item }: { item: TimelineItem }) {
  const t = useTranslations('customer.timeline')
  const format = useFormat()
  return (
    <li className="relative flex gap-3 pb-3 text-sm before:absolute before:inset-y-2 before:start-[3px] before:w-px before:bg-line last:pb-0">
      <span
        aria-hidden
        className={`relative mt-1.5 size-[7px] shrink-0 rounded-full ${item.type === 'note' ? 'bg-accent' : 'bg-line-control'}`}
      />
      <div className="min-w-0 flex-1">
        {item.type === 'note' ? <TimelineNote item={item} /> : null}
        {item.type === 'event' ? <Happened item={item} /> : null}
        {item.type === 'conversation' ? <ConversationLine item={item} /> : null}
        <p className="text-xs text-text-faint">
          {item.actor ? (
            <>
              <Actor actor={item.actor} />
              {' · '}
            </>
          ) : null}
          <time dateTime={item.at} title={format.dateTime(item.at)}>
            {format.ago(item.at)}
          </time>
          {item.type === 'note' && item.note.editedAt !== null ? ` · ${t('edited')}` : null}
        </p>
      </div>
    </li>
  )
}

/** Nobody is named where a customer or the desk itself did it. */
function Actor({ actor }: { actor: NonNullable<TimelineItem['actor']> }) {
  const t = useTranslations('customer.timeline')
  return actor.isKey ? t('apiKey', { name: actor.name }) : <bdi>{actor.name}</bdi>
}

function Happened({ item: { event } }: { item: Line<'event'> }) {
  const t = useTranslations('customer.timeline')
  const td = useTranslations('customer.duplicate')
  if (event.kind === 'edited') {
    return (
      <>
        {event.file === undefined ? null : <p>{t('editedByImport', { file: event.file })}</p>}
        <ChangeList changes={event.changes} />
      </>
    )
  }
  if (event.kind === 'imported') return <p>{t('imported', { file: event.file })}</p>
  if (event.kind === 'tagged') {
    const { added, removed } = event
    return (
      <>
        {added.length > 0 ? <p>{t('tagsAdded', { tags: added.join(', ') })}</p> : null}
        {removed.length > 0 ? <p>{t('tagsRemoved', { tags: removed.join(', ') })}</p> : null}
      </>
    )
  }
  if (event.kind === 'merged') return <MergedLine event={event} />
  if (event.kind === 'separated') return <p>{td('separatedLine', { names: event.names.join(', ') })}</p>
  return <p>{t(`kind.${event.kind}`)}</p>
}

function ChangeList({ changes }: { changes: FieldChange[] }) {
  return (
    <ul>
      {changes.map((change, at) => (
        // The changes of one line never change: their place is what they are known by.
        <li key={`${change.field}${at}`}>
          <Change change={change} />
        </li>
      ))}
    </ul>
  )
}

type Event<Kind extends CustomerEvent['kind']> = Extract<CustomerEvent, { kind: Kind }>

/** A merge, and the way back for who may. */
function MergedLine({ event: { mergeId, names, isUndone = false } }: { event: Event<'merged'> }) {
  const t = useTranslations('customer.duplicate')
  const mayMerge = useCan()('customer:merge')
  const { undoMerge, isUndoing } = useUndoMerge()
  return (
    <p className="flex flex-wrap items-center gap-2">
      {t('mergedLine', { names: names.join(', ') })}
      {isUndone ? <Badge>{t('undoneBadge')}</Badge> : null}
      {mayMerge && !isUndone ? (
        <Button size="sm" variant="ghost" isBusy={isUndoing} onClick={() => undoMerge(mergeId)}>
          {t('undo')}
        </Button>
      ) : null}
    </p>
  )
}

function Change({ change }: { change: FieldChange }) {
  const t = useTranslations('customer')
  const { field, label, from, to } = change
  return (
    <>
      <span className="text-text-muted">{field === 'field' ? <bdi>{label}</bdi> : t(`column.${field}`)}</span>{' '}
      {from === null ? null : (
        <>
          <del className="break-words text-text-faint">
            <Value field={field} value={from} />
          </del>
          <span aria-hidden className="flip-rtl inline-block text-text-faint">
            {' → '}
          </span>
          <span className="sr-only">{t('timeline.became')}</span>
        </>
      )}
      {to === null ? (
        <span className="text-text-faint">{t('timeline.cleared')}</span>
      ) : (
        <ins className="break-words no-underline">
          <Value field={field} value={to} />
        </ins>
      )}
    </>
  )
}

function Value({ field, value }: { field: FieldChange['field']; value: FieldValue }) {
  const t = useTranslations('customer.inPlace')
  const format = useFormat()
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'number') return format.number(value)
  if (field === 'phone') return <bdi dir="ltr">{formatPhone(value)}</bdi>
  return <bdi>{value}</bdi>
}

function ConversationLine({ item }: { item: Line<'conversation'> }) {
  const t = useTranslations('customer.timeline')
  const tenantKey = useTenantKey()
  const { conversation, event, target } = item
  return (
    <p>
      {t(`conversation.${event}`, { target: target ?? t('nobody') })}{' '}
      <Link
        to="/$tenantKey/chat/$conversationId"
        params={{ tenantKey, conversationId: conversation.id }}
        className="text-accent-text hover:underline"
      >
        <bdi>{conversation.subject ?? t('open')}</bdi>
      </Link>
    </p>
  )
}
