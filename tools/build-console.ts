import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/**
 * Builds the console into `packages/web/dist`, unless it is there already for these very sources and packages. The launcher runs it
 * before a start. A build that fails leaves what was there: the API needs none of it.
 */
const ROOT = join(import.meta.dirname, '..')
const WEB = join(ROOT, 'packages/web')
export const DIST = join(WEB, 'dist')
/** What the bundle is made of. */
const SOURCES = ['package-lock.json', 'tools/build-console.ts', 'packages/web', 'packages/sdk/src', 'src/core']
/** A build takes seconds; one that hangs must not keep the server waiting. */
const LONGEST_MS = 180_000
/** What is smaller is not worth compressing. */
const LEAST_BYTES = 1_024
const TEXT = /\.(js|css|html|svg|json)$/

/** One digest of everything that the bundle is made of. */
function digestSources(): string {
  const hash = createHash('sha256').update(process.version)
  for (const source of SOURCES) {
    const path = join(ROOT, source)
    const isFile = /\.\w+$/.test(source)
    const names = isFile ? [''] : readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
    for (const name of names) {
      if (/^dist|\.test\.ts$/.test(name) || (!isFile && !/\.\w+$/.test(name))) continue
      hash.update(`${source}/${name}\n`).update(readFileSync(join(path, name)))
    }
  }
  return hash.digest('hex')
}

/** @returns whether it was built now; false where it was there already. */
export async function buildConsole(): Promise<boolean> {
  const digest = digestSources()
  const stamp = join(DIST, 'built-from')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return false
  // Beside its place, so that a server never reads half of it.
  const made = await mkdtemp(join(WEB, 'dist-'))
  try {
    await bundle(made)
    await compressAll(join(made, 'assets'))
    await compressAll(made)
    await writeFile(join(made, 'built-from'), digest)
    await rm(DIST, { recursive: true, force: true })
    await rename(made, DIST)
    return true
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

async function bundle(outDir: string): Promise<void> {
  // Only a build needs them.
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')])
  await build({
    root: WEB,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: false,
      // Nothing is written into the page itself: its policy forbids it.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      manifest: 'manifest.json',
      target: 'es2023',
      chunkSizeWarningLimit: 1_000,
    },
  })
}

/** Compresses once what is sent often: as small as it gets. */
async function compressAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !TEXT.test(entry.name) || entry.name === 'manifest.json') continue
    const path = join(folder, entry.name)
    const bytes = await readFile(path)
    if (bytes.length < LEAST_BYTES) continue
    await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }))
    await writeFile(
      `${path}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    )
  }
}

if (import.meta.main) {
  setTimeout(() => {
    console.error('kvit: the console could not be built in three minutes')
    process.exit(1)
  }, LONGEST_MS).unref()
  try {
    setPriority(5)
    const isNew = await buildConsole()
    if (isNew) console.error('kvit: the console is built')
  } catch (error) {
    console.error(`kvit: the console could not be built, and the API works without it: ${String(error)}`)
    process.exitCode = 1
  }
}
