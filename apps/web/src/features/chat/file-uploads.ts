import type { Attachment } from '@sarai/api'
import type { KeptChosen } from './kept-chosen.ts'
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
  keep: (key: string, content: Blob) => Promise<boolean>
  findKept: (key: string) => Promise<Blob | undefined>
  forget: (key: string) => void
  /** It stands beside a draft, as it is now, through a reload and in other tabs. */
  choose: (file: KeptChosen) => void
  unchoose: (key: string) => void
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
      this.#remember(key)
      void this.#keepChosen(key, file)
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
    this.#ports.forget(key)
    this.#ports.unchoose(key)
    this.#drop(key)
  }

  /** They go with a message: kept until `finish`. */
  send(keys: readonly string[]): void {
    for (const key of keys) {
      const content = this.#contents.get(key)
      // There may have been no room for it when it was chosen.
      if (content) void this.#ports.keep(key, content)
      this.#change(key, { isSent: true })
      this.#ports.unchoose(key)
    }
  }

  /** The message has come back into a composer, of its own conversation or of the one in which that goes on; its files with it. */
  takeBack(conversationId: string, files: readonly ChosenFile[]): void {
    for (const file of files) {
      if (this.#find(file.key)) this.#change(file.key, { conversationId, isSent: false })
      else this.#adopt(file, { conversationId, isSent: false })
      this.#remember(file.key)
    }
    this.#pump()
  }

  /** Files that the server has, of a message that was to be sent later and is not. */
  bringBack(conversationId: string, attachments: readonly Attachment[]): void {
    for (const attachment of attachments) {
      const { id: key, name, bytes } = attachment
      if (!this.#find(key)) this.#adopt({ key, name, bytes }, { conversationId, isSent: false })
      this.#change(key, { conversationId, state: 'done', sentBytes: bytes, attachment, isSent: false })
      this.#remember(key)
    }
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
      if (isGone) this.#remember(key)
    }
    this.#pump()
  }

  /** Their message is on the server, or has been discarded: nothing of it need be kept. */
  finish(files: readonly ChosenFile[]): void {
    for (const { key } of files) {
      const upload = this.#find(key)
      // It has come back into the composer, and stands beside the draft.
      if (upload && !upload.isSent) continue
      this.#ports.forget(key)
      if (upload) this.#drop(key)
    }
  }

  /** What stood beside drafts when the page was closed: what the server has is done, the rest goes on. */
  restore(files: readonly KeptChosen[]): void {
    for (const { attachment, conversationId, ...file } of files) {
      if (this.#find(file.key)) continue
      this.#adopt(file, { conversationId, isSent: false })
      if (attachment) this.#change(file.key, { state: 'done', attachment })
    }
    this.#pump()
  }

  /** Another tab has sent it or taken it out (undefined), or has all of it on the server. */
  hear(key: string, file: KeptChosen | undefined): void {
    const known = this.#find(key)
    if (known?.isSent) return
    if (!file) this.#drop(key)
    else if (file.attachment && known?.state !== 'done') {
      if (known) this.#drop(key)
      this.restore([file])
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

  /** As long as it is not sent, and what was kept of it is of use. */
  #remember(key: string): void {
    const upload = this.#find(key)
    if (!upload || upload.isSent) return
    const { name, bytes, conversationId, attachment } = upload
    this.#ports.choose({ key, name, bytes, conversationId, attachment })
  }

  /** Of what is too much to be kept nothing is said after a reload, unless the server has it by then. */
  async #keepChosen(key: string, content: Blob): Promise<void> {
    const isKept = await this.#ports.keep(key, content)
    const upload = this.#find(key)
    // It was taken out, or sent and done with, while its bytes were being written.
    if (!upload) this.#ports.forget(key)
    else if (!isKept && !upload.attachment && !upload.isSent) this.#ports.unchoose(key)
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
      this.#remember(key)
    } catch (error) {
      const failure = error instanceof UploadError ? error.failure : 'unexpected'
      this.#change(key, { state: 'failed', failure })
    }
  }
}
