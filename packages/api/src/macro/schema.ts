import { z } from 'zod'
import { Acts } from '../act/schema.ts'
import { MANY_MAX } from '../chat/schema.ts'
import { storable } from '../customer/schema.ts'

/** Of one tenant. */
export const MACROS_MAX = 200
export const MACRO_NAME_LENGTH_MAX = 60

const macro = { name: storable.trim().min(1).max(MACRO_NAME_LENGTH_MAX), acts: Acts }

export const CreateMacroInput = z.strictObject(macro)
export type CreateMacroInput = z.infer<typeof CreateMacroInput>

export const UpdateMacroInput = z.strictObject({ id: z.uuid(), ...macro })
export type UpdateMacroInput = z.infer<typeof UpdateMacroInput>

export const MacroIdInput = z.strictObject({ id: z.uuid() })
export type MacroIdInput = z.infer<typeof MacroIdInput>

/** `clientId`: made by the caller for each run; a second call with the same one does nothing. */
const runs = z
  .array(z.strictObject({ id: z.uuid(), clientId: z.uuid() }))
  .min(1)
  .max(MANY_MAX)

export const RunMacroInput = z.strictObject({ macroId: z.uuid(), items: runs })
export type RunMacroInput = z.infer<typeof RunMacroInput>

export const UndoMacroInput = z.strictObject({ items: runs })
export type UndoMacroInput = z.infer<typeof UndoMacroInput>
