import type { Attachment } from '@sarai/api'
import { FILES_PER_MESSAGE_MAX, refuseFile } from '@sarai/api/file/schema'
import { useState, useSyncExternalStore } from 'react'
import { useChatDesk } from './chat-desk.ts'
import type { ChosenFile, FileUpload } from './file-uploads.ts'

export interface RefusedFile {
  name: string
  why: 'empty' | 'tooLarge' | 'type' | 'tooMany'
}

export interface Attachments {
  /** Chosen for the next message, in order. */
  uploads: readonly FileUpload[]
  /** What was chosen last and cannot be sent. */
  refused: readonly RefusedFile[]
  add: (files: readonly File[]) => void
  remove: (key: string) => void
  /** They go with the message that is sent now. */
  send: () => ChosenFile[]
  takeBack: (files: readonly ChosenFile[]) => void
  /** The server has them already. */
  restore: (files: readonly Attachment[]) => void
}

/** Every file that is on its way, of all conversations. */
export function useUploads(): readonly FileUpload[] {
  const { uploads } = useChatDesk()
  return useSyncExternalStore(uploads.subscribe, uploads.getSnapshot)
}

/** The files of the message that is being written in one conversation. */
export function useAttachments(conversationId: string): Attachments {
  const { uploads: store } = useChatDesk()
  const [refused, setRefused] = useState<readonly RefusedFile[]>([])
  const uploads = useUploads().filter((upload) => upload.conversationId === conversationId && !upload.isSent)

  function add(files: readonly File[]): void {
    const fine = files.filter((file) => refuseFile(file) === null)
    const room = Math.max(0, FILES_PER_MESSAGE_MAX - uploads.length)
    setRefused([
      ...files.flatMap((file) => toRefused(file)),
      ...fine.slice(room).map(({ name }) => ({ name, why: 'tooMany' as const })),
    ])
    store.add(conversationId, fine.slice(0, room))
  }

  return {
    uploads,
    refused,
    add,
    remove: (key) => store.remove(key),
    send() {
      setRefused([])
      store.send(uploads.map(({ key }) => key))
      return uploads.map(({ key, name, bytes }) => ({ key, name, bytes }))
    },
    takeBack: (files) => store.takeBack(conversationId, files),
    restore: (files) => store.bringBack(conversationId, files),
  }
}

function toRefused(file: File): RefusedFile[] {
  const why = refuseFile(file)
  return why === null ? [] : [{ name: file.name, why }]
}
