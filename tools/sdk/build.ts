import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The SDK as JavaScript with declarations of its types, for `node_modules`, where Node runs no TypeScript, and for a registry:
 * `node tools/sdk/build.ts` makes `dist/sdk`.
 */
const ROOT = join(import.meta.dirname, '../..')
const SDK = join(ROOT, 'packages/sdk')

export function buildSdk(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  const compiler = join(ROOT, 'node_modules/.bin/tsc')
  execFileSync(compiler, ['-p', join(SDK, 'tsconfig.build.json'), '--outDir', folder], { stdio: 'inherit' })
  const {
    private: _isPrivate,
    exports: entries,
    ...about
  } = JSON.parse(readFileSync(join(SDK, 'package.json'), 'utf8')) as {
    readonly private: boolean
    readonly exports: { readonly '.': Readonly<Record<string, string>> }
  }
  const built = Object.entries(entries['.']).map(([condition, source]) => {
    const name = source.replace(/^\.\/src\//, './').replace(/\.ts$/, '')
    return [condition, { types: `${name}.d.ts`, default: `${name}.js` }]
  })
  const manifest = { ...about, exports: { '.': Object.fromEntries(built) } }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  copyFileSync(join(SDK, 'README.md'), join(folder, 'README.md'))
  copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'))
}

if (import.meta.main) buildSdk(process.argv[2] ?? join(ROOT, 'dist/sdk'))
