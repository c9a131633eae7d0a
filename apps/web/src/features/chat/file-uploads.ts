import type { Attachment } from '@sarai/api'
import {
  PASSING_UPLOAD_FAILURES,
  UploadError,
  type UploadFailure,
  type UploadOptions,
} from './upload-file.ts'

/** Fewer than the server allows: other tabs of this person upload as well. */
export const UPLOADS_AT_ONCE_MAX = 3

/** What is known of a file from the moment it was chosen. */
export interface ChosenFile {
  /** Made once; the bytes are kept under it. */
  key: string
  name: string
  bytes: number
}

export interface FileUpload extends ChosenFile {
  conversationId: string
  state: 'waiting' | 'uploading' | 'done' | 'failed'
  sentBytes: number
  /** Why it failed, while failed. */
  failure: UploadFailure | null
  /** Once the server has it. */
  attachment: Attachment | null
  /** It belongs to a message in the outbox; until then to the composer. */
  isSent: boolean
}

/** What uploads need from the outside; tests bring their own. */
export interface UploadPorts {
  upload: (file: { name: string; content: Blob }, options: UploadOptions) => Promise<Attachment>
  /** The server may forget it. */
  discard: (attachmentId: string) => void
  /** Through a reload, if there is room. */
  keep: (key: string, content: Blob) => void
  findKept: (key: string) => Promise<Blob | undefined>
  forget: (key: string) => void
}

interface Running {
  controller: AbortController
  settled: Promise<void>
}

/** Files of a person that are chosen, on their way or with a message that is, in all conversations of a workspace. */
export class FileUploads {
  readonly #ports: UploadPorts
  readonly #contents = new Map<string, Blob>()
  readonly #running = new Map<string, Running>()
  readonly #listeners = new Set<() => void>()
  #uploads: readonly FileUpload[] = []

  constructor(ports: UploadPorts) {
    this.#ports = ports
  }

  readonly getSnapshot = (): readonly FileUpload[] => this.#uploads

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Begins to upload what was chosen for a message of this conversation. */
  add(conversationId: string, files: readonly File[]): void {
    for (const file of files) {
      const key = crypto.randomUUID()
      this.#contents.set(key, file)
      this.#adopt({ key, name: file.name, bytes: file.size }, { conversationId, isSent: false })
    }
    this.#pump()
  }

  retry(key: string): void {
    this.#change(key, { state: 'waiting', failure: null })
    this.#pump()
  }

  /** Not sent after all, under way or done. */
  remove(key: string): void {
    const attachment = this.#find(key)?.attachment
    if (attachment) this.#ports.discard(attachment.id)
    this.#drop(key)
  }

  /** They go with a message: kept until `finish`. */
  send(keys: readonly string[]): void {
    for (const key of keys) {
      const content = this.#contents.get(key)
      if (content) this.#ports.keep(key, content)
      this.#change(key, { isSent: true })
    }
  }

  /** The message has come back into a composer, of its own conversation or of the one in which that goes on; its files with it. */
  takeBack(conversationId: string, files: readonly ChosenFile[]): void {
    for (const file of files) {
      if (this.#find(file.key)) this.#change(file.key, { conversationId, isSent: false })
      else this.#adopt(file, { conversationId, isSent: false })
    }
    this.#pump()
  }

  /** Files that the server has, of a message that was to be sent later and is not. */
  restore(conversationId: string, attachments: readonly Attachment[]): void {
    const restored = attachments.map((attachment): FileUpload => ({
      ...{ key: attachment.id, name: attachment.name, bytes: attachment.bytes, conversationId },
      ...{ state: 'done', sentBytes: attachment.bytes, failure: null, attachment, isSent: false },
    }))
    this.#set([...this.#uploads.filter(({ key }) => !restored.some((each) => each.key === key)), ...restored])
  }

  /** What the server has of it, uploaded first if it has nothing yet. @throws UploadError */
  async ensure(conversationId: string, file: ChosenFile): Promise<Attachment> {
    const { key } = file
    if (!this.#find(key)) this.#adopt(file, { conversationId, isSent: true })
    if (this.#find(key)?.state !== 'done') await (this.#running.get(key)?.settled ?? this.#start(key))
    const upload = this.#find(key)
    if (!upload?.attachment) throw new UploadError(upload?.failure ?? 'unexpected')
    return upload.attachment
  }

  /** The server has no longer what it had. */
  expire(attachmentIds: readonly string[]): void {
    for (const { key, attachment } of this.#uploads) {
      const isGone = attachment !== null && attachmentIds.includes(attachment.id)
      if (isGone) this.#change(key, { state: 'waiting', attachment: null })
    }
    this.#pump()
  }

  /** Their message is on the server, or has come back: nothing of it need be kept. */
  finish(files: readonly ChosenFile[]): void {
    for (const { key } of files) {
      this.#ports.forget(key)
      if (this.#find(key)?.isSent) this.#drop(key)
    }
  }

  /** The network is back. */
  wake(): void {
    for (const { key, failure } of this.#uploads) {
      if (failure && PASSING_UPLOAD_FAILURES.includes(failure)) {
        this.#change(key, { state: 'waiting', failure: null })
      }
    }
    this.#pump()
  }

  #find(key: string): FileUpload | undefined {
    return this.#uploads.find((upload) => upload.key === key)
  }

  #adopt(file: ChosenFile, place: Pick<FileUpload, 'conversationId' | 'isSent'>): void {
    const { key, name, bytes } = file
    const upload = { key, name, bytes, ...place, sentBytes: 0, failure: null, attachment: null }
    this.#set([...this.#uploads, { ...upload, state: 'waiting' }])
  }

  #change(key: string, changes: Partial<FileUpload>): void {
    this.#set(this.#uploads.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload)))
  }

  #drop(key: string): void {
    this.#running.get(key)?.controller.abort()
    this.#running.delete(key)
    this.#contents.delete(key)
    this.#set(this.#uploads.filter((upload) => upload.key !== key))
    this.#pump()
  }

  #set(uploads: readonly FileUpload[]): void {
    this.#uploads = uploads
    for (const listener of this.#listeners) listener()
  }

  #pump(): void {
    for (const { key, state } of this.#uploads) {
      if (this.#running.size >= UPLOADS_AT_ONCE_MAX) return
      if (state === 'waiting' && !this.#running.has(key)) void this.#start(key)
    }
  }

  #start(key: string): Promise<void> {
    const controller = new AbortController()
    const settled = this.#run(key, controller.signal).finally(() => {
      if (this.#running.get(key)?.controller === controller) this.#running.delete(key)
      this.#pump()
    })
    this.#running.set(key, { controller, settled })
    return settled
  }

  async #run(key: string, signal: AbortSignal): Promise<void> {
    const begun = this.#find(key)
    if (!begun) return
    this.#change(key, { state: 'uploading', sentBytes: 0, failure: null })
    try {
      const content = this.#contents.get(key) ?? (await this.#ports.findKept(key))
      if (!content) throw new UploadError('lost')
      this.#contents.set(key, content)
      const onProgress = (sentBytes: number) => this.#change(key, { sentBytes })
      const attachment = await this.#ports.upload({ name: begun.name, content }, { signal, onProgress })
      this.#change(key, { state: 'done', attachment })
    } catch (error) {
      const failure = error instanceof UploadError ? error.failure : 'unexpected'
      this.#change(key, { state: 'failed', failure })
    }
  }
}
