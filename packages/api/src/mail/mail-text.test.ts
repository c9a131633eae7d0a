import { expect, test } from 'vitest'
import { writeInvitationMail, writeResetMail } from './mail-text.ts'

const about = {
  workspace: 'Rabin <b>Traders</b>',
  inviter: 'Eve\r\nBcc: everybody@example.com',
  link: 'https://desk.example/welcome#secret&more',
  days: 7,
}

test.each(['en', 'ur'] as const)('a name that somebody typed is text and nothing else (%s)', (locale) => {
  const { subject, html, text } = writeInvitationMail({ ...about, locale })
  expect(subject).not.toMatch(/[\r\n]/)
  expect(html).toContain('Rabin &lt;b&gt;Traders&lt;/b&gt;')
  expect(html).toContain('href="https://desk.example/welcome#secret&amp;more"')
  expect(text).toContain(about.link)
})

test('a message in Urdu reads from right to left', () => {
  const { html } = writeResetMail({ locale: 'ur', link: 'https://desk.example', minutes: 30 })
  expect(html).toMatch(/^<div lang="ur" dir="rtl"/)
})
