export type PrivateServerErrorCode =
  | 'SERVER_MISSING'
  | 'FOLDER_NOT_WRITABLE'
  | 'ALREADY_RUNNING'
  | 'INIT_FAILED'
  | 'START_FAILED'

/** Why the private server did not start, in words for whoever typed the command. */
export class PrivateServerError extends Error {
  readonly code: PrivateServerErrorCode
  /** For SERVER_MISSING: the command that installs it on this system. */
  readonly installCommand: string | undefined

  constructor(
    code: PrivateServerErrorCode,
    message: string,
    options: { installCommand?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'PrivateServerError'
    this.code = code
    this.installCommand = options.installCommand
  }
}
