import { findServerProgram } from '../packages/db/src/server/server-program.ts'

await findServerProgram()
