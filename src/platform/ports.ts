import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { Config } from './config.ts'
import { codeOf, StartMistake } from './start-mistake.ts'

/**
 * Whether this process may listen on its configured addresses, before anything is started for it.
 * @throws StartMistake that says everything that is wrong.
 */
export async function checkPorts(config: Config): Promise<void> {
  const { host, port, tls, tcpPort, tcpTls } = config
  const mistakes = [
    await whyNotListening('KVIT_PORT', host, port),
    tcpPort === null ? null : await whyNotListening('KVIT_TCP_PORT', host, tcpPort),
    ...(tls === null ? [] : wrongFiles(tls, 'KVIT_TLS')),
    ...(tcpTls === null ? [] : wrongFiles(tcpTls)),
  ].filter((mistake) => mistake !== null)
  // A host that is wrong is so for both ports.
  if (mistakes.length > 0) throw new StartMistake([...new Set(mistakes)].join('\n      '))
}

/** Why a port cannot be listened on; null when it can. */
export async function whyNotListening(variable: string, host: string, port: number): Promise<string | null> {
  const error = await new Promise<unknown>((resolve) => {
    const probe = createServer()
    probe.once('error', resolve)
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)))
  })
  return error === null ? null : explainListening(variable, host, port, error)
}

/** Waits until a port is listened on. @throws StartMistake when another program was faster than the check before. */
export async function listening<T>(variable: string, host: string, port: number, begun: Promise<T>): Promise<T> {
  try {
    return await begun
  } catch (error) {
    if (!codeOf(error).startsWith('E')) throw error
    throw new StartMistake(explainListening(variable, host, port, error))
  }
}

function explainListening(variable: string, host: string, port: number, error: unknown): string {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `port ${port} of ${host} is in use by another program: stop it, or set ${variable} to another port (0 takes a free one)`
    case 'EACCES':
      return `port ${port} may not be used by this user: set ${variable} to a port from 1024 on, and put a proxy before it`
    case 'EADDRNOTAVAIL':
      return `KVIT_HOST=${host} is no address of this machine: use 127.0.0.1, one of its addresses, or 0.0.0.0 for all of them`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `KVIT_HOST=${host} is no name that this machine knows: use an address such as 127.0.0.1`
    default:
      return `port ${port} of ${host} cannot be listened on (${codeOf(error) || String(error)}): see KVIT_HOST and ${variable}`
  }
}

/** What is wrong with the certificate and key of a port, the gateways' unless another one is named. */
export function wrongFiles(
  { certFile, keyFile }: { readonly certFile: string; readonly keyFile: string },
  variables = 'KVIT_TCP',
): string[] {
  const read = (variable: string, file: string): Buffer | string => {
    try {
      return readFileSync(file)
    } catch (error) {
      const why = codeOf(error) === 'ENOENT' ? 'is not there' : `cannot be read (${codeOf(error)})`
      return `${variable}: the file ${file} ${why}: name a PEM file that this user may read`
    }
  }
  const [cert, key] = [read(`${variables}_CERT`, certFile), read(`${variables}_KEY`, keyFile)]
  const unread = [cert, key].filter((result) => typeof result === 'string')
  if (unread.length > 0) return unread
  try {
    createSecureContext({ cert, key })
    return []
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [
      `${variables}_CERT and ${variables}_KEY are no certificate and its private key in PEM (${why}): name files that belong together`,
    ]
  }
}

/** Certificate and private key of HTTPS, which `checkPorts` has looked at; null without them. */
export function readTls(tls: Config['tls']): { cert: Buffer; key: Buffer } | null {
  return tls === null ? null : { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) }
}
