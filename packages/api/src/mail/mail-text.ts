export type MailLocale = 'en' | 'ur'

export interface MailText {
  subject: string
  text: string
  html: string
}

interface Words {
  subject: string
  lines: string[]
  button: string
  /** Why it came, and what to do if it should not have. */
  footer: string
}

export interface InvitationMail {
  locale: MailLocale
  workspace: string
  inviter: string
  link: string
  days: number
}

/** What somebody is sent who is asked into a workspace. */
export function writeInvitationMail({ locale, link, ...about }: InvitationMail): MailText {
  return layOut(INVITATION[locale](about), { locale, link })
}

/** What somebody is sent who cannot sign in any more. */
export function writeResetMail({
  locale,
  link,
  minutes,
}: {
  locale: MailLocale
  link: string
  minutes: number
}): MailText {
  return layOut(RESET[locale](minutes), { locale, link })
}

type About = Omit<InvitationMail, 'locale' | 'link'>

const INVITATION: Record<MailLocale, (about: About) => Words> = {
  en: ({ workspace, inviter, days }) => ({
    subject: `${inviter} invites you to ${workspace}`,
    lines: [`${inviter} invites you to work in ${workspace} on Sarai, the customer desk.`],
    button: 'Accept the invitation',
    footer: `The link works once, for ${days} days. If you do not know ${inviter}, do nothing: without you nothing happens.`,
  }),
  ur: ({ workspace, inviter, days }) => ({
    subject: `${inviter} نے آپ کو ${workspace} میں دعوت دی ہے`,
    lines: [`${inviter} چاہتے ہیں کہ آپ سرائے پر ${workspace} میں ان کے ساتھ کام کریں۔`],
    button: 'دعوت قبول کریں',
    footer: `یہ لنک ${days} دن تک، صرف ایک بار کام کرے گا۔ اگر آپ ${inviter} کو نہیں جانتے تو کچھ نہ کریں؛ آپ کے بغیر کچھ نہیں ہوگا۔`,
  }),
}

const RESET: Record<MailLocale, (minutes: number) => Words> = {
  en: (minutes) => ({
    subject: 'A new password for Sarai',
    lines: ['Somebody, hopefully you, wants to set a new password for your account.'],
    button: 'Set a new password',
    footer: `The link works once, for ${minutes} minutes. If it was not you, do nothing: your password stays as it is.`,
  }),
  ur: (minutes) => ({
    subject: 'سرائے کے لیے نیا پاس ورڈ',
    lines: ['کسی نے، امید ہے آپ ہی نے، آپ کے اکاؤنٹ کے لیے نیا پاس ورڈ مانگا ہے۔'],
    button: 'نیا پاس ورڈ رکھیں',
    footer: `یہ لنک ${minutes} منٹ تک، صرف ایک بار کام کرے گا۔ اگر یہ آپ نہیں تھے تو کچھ نہ کریں؛ آپ کا پاس ورڈ وہی رہے گا۔`,
  }),
}

function layOut(words: Words, { locale, link }: { locale: MailLocale; link: string }): MailText {
  const subject = oneLine(words.subject)
  const text = [...words.lines, link, words.footer].join('\n\n')
  const paragraphs = words.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')
  const button = `<p><a href="${escapeHtml(link)}">${escapeHtml(words.button)}</a></p>`
  const footer = `<p style="color:#667085">${escapeHtml(words.footer)}</p>`
  const dir = locale === 'ur' ? 'rtl' : 'ltr'
  return {
    subject,
    text,
    html: `<div lang="${locale}" dir="${dir}" style="font-family:sans-serif">${paragraphs}${button}${footer}</div>`,
  }
}

/** A name that somebody typed must not become a header of its own. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
