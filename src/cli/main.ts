import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { packageVersion } from '../platform/version.ts'

/**
 * Where Node keeps compiled code between calls. It lies with the packages, so whoever may write it may write the code that
 * runs anyway; where it cannot be written, code is compiled each time.
 */
const COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/kvit')

// Who reads the output may have seen enough, as `kvit invoice list | head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

/** `--version` before any command; behind one it is an option of that command, such as the version of a plan. */
const isVersion = /^(-V|--version)$/.test(process.argv[2] ?? '')

if (isVersion) console.log(packageVersion())
else {
  enableCompileCache(COMPILE_CACHE)
  const { runProgram } = await import('./program.ts')
  await runProgram(process.argv)
}
