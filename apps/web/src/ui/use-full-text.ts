import { useTranslations } from 'use-intl'

interface BoundedText {
  value?: unknown
  maxLength?: number | undefined
}

/** What a field says when nothing more fits into it: a browser cuts off the rest of what is pasted without a word. */
export function useFullText({ value, maxLength }: BoundedText): string | undefined {
  const t = useTranslations('common.field')
  const isFull = typeof value === 'string' && maxLength !== undefined && value.length >= maxLength
  return isFull ? t('full', { max: maxLength }) : undefined
}
