import { join, resolve } from 'node:path'
import { StartMistake } from './start-mistake.ts'

/** What an operator can set, all by environment; the defaults run a whole system on one machine. */
export interface Config {
  /** Postgres to use; an embedded one when absent. `DATABASE_URL`. */
  readonly databaseUrl: string | null
  /** Where the embedded Postgres, its password and the root key live. `KVIT_DATA`, `./data`. */
  readonly dataDir: string
  /** `KVIT_HOST`, `127.0.0.1`. */
  readonly host: string
  /** `KVIT_PORT`, 8080; 0 takes a free one. */
  readonly port: number
  /** Charging over TCP for gateways: `KVIT_TCP_PORT`; none when absent, 0 takes a free one. */
  readonly tcpPort: number | null
  /** `KVIT_TCP_CERT` and `KVIT_TCP_KEY`, PEM files; plain TCP without them. */
  readonly tcpTls: { readonly certFile: string; readonly keyFile: string } | null
  /** `KVIT_TLS_CERT` and `KVIT_TLS_KEY`, PEM files: HTTPS; plain HTTP without them. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null
  /** Origins whose pages may ask from a browser, such as `https://shop.example.com`; `*` is all. `KVIT_CORS_ORIGINS`, none. */
  readonly corsOrigins: readonly string[]
  /** Where browsers find this server, such as `https://billing.example`. `KVIT_PUBLIC_URL`; links begin with it. */
  readonly publicUrl: string | null
  /** An identity provider: `KVIT_OIDC_ISSUER`, `KVIT_OIDC_CLIENT_ID`, `KVIT_OIDC_CLIENT_SECRET`; none when absent. */
  readonly oidc: OidcSettings | null
  /** What a collector of metrics sends as its Bearer token. `KVIT_METRICS_TOKEN`; without one only root keys read them. */
  readonly metricsToken: string | null
  /** Keys that secrets are encrypted with at rest, the current one first. `KVIT_SECRETS_KEY`; a file when absent. */
  readonly secretsKey: string | null
  /** A file with such keys, which the operator keeps. `KVIT_SECRETS_KEY_FILE`; the one of the data directory when absent. */
  readonly secretsKeyFile: string | null
  /** Where VIES is asked whether tax ids were given to anybody. `KVIT_VIES_URL`, the service of the European Commission. */
  readonly viesUrl: string
  /** Where Avalara is asked. `KVIT_AVALARA_URL`, `https://rest.avatax.com`. */
  readonly avalaraUrl: string
  /** Where Stripe is asked. `KVIT_STRIPE_URL`, `https://api.stripe.com`. */
  readonly stripeUrl: string
  /** Where Mollie is asked. `KVIT_MOLLIE_URL`, `https://api.mollie.com`. */
  readonly mollieUrl: string
  /** The access point of Peppol that documents are sent through. `KVIT_PEPPOL_URL`; none when absent. */
  readonly peppolUrl: string | null
  /** The folder that documents may be delivered into, one in it for each tenant. `KVIT_DELIVERY_FOLDER`; none when absent. */
  readonly deliveryFolder: string | null
  /** Servers in private networks that tenants may name, such as `mail.internal:25`. `KVIT_PRIVATE_HOSTS`, none. */
  readonly privateHosts: readonly string[]
  /** Where PayPal is asked. `KVIT_PAYPAL_URL`, `https://api-m.paypal.com`. */
  readonly payPalUrl: string
  /** Where LiqPay is asked, and has its pages. `KVIT_LIQPAY_URL`, `https://www.liqpay.ua`. */
  readonly liqPayUrl: string
  /** Where WayForPay is asked. `KVIT_WAYFORPAY_URL`, `https://api.wayforpay.com`. */
  readonly wayForPayUrl: string
  /** How long segments of the journal stay in Postgres before they are archived. `KVIT_ARCHIVE_AFTER_HOURS`, 24. */
  readonly archiveAfterHours: number
  /** What bodies of requests may weigh in memory together. `KVIT_BODY_MEMORY_MB`, 384. */
  readonly bodyMemoryMb: number
  /** Requests a second of one key; a tenant may have twice as many. `KVIT_REQUESTS_PER_SECOND`, 10000. */
  readonly requestsPerSecond: number
  /** `KVIT_LOG_LEVEL`, `warn`. */
  readonly logLevel: string
}

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  /** Null is a client that has none, and relies on PKCE. */
  readonly clientSecret: string | null
}

/** A third of it, one tenant's share, holds the largest body: a rate deck of 128 MB. */
const MIN_BODY_MEMORY_MB = 384

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
/** Keys of 32 bytes in base64. */
const SECRET_KEYS = /^[A-Za-z0-9+/]{43}=(\s*,\s*[A-Za-z0-9+/]{43}=)*$/
/** A number of hours as people write it; a hundred years are more than anybody means. */
const HOURS = /^\d{1,6}(\.\d{1,6})?$/
/** What the driver of Postgres reads: a URL, or the path of a socket. A URL may have several hosts. */
const DATABASE_URL = /^(postgres(ql)?:\/\/|socket:|\/)/

/** What a message must not contain. */
const SECRET: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'KVIT_METRICS_TOKEN',
  'KVIT_OIDC_CLIENT_SECRET',
  'KVIT_SECRETS_KEY',
])

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the environment. @throws StartMistake that names every variable which is wrong, not only the first. */
export function readConfig(env: Environment): Config {
  const mistakes: string[] = []
  const read = <T>(name: string, fallback: T, parse: (text: string) => T | null, hint: string): T => {
    const text = env[name]
    // Settings files often pass on variables that nobody gave a value: an empty one is one that is not set.
    if (text === undefined || text === '') return fallback
    const value = parse(text)
    if (value === null) mistakes.push(`${name}=${SECRET.has(name) ? '…' : text} is wrong: ${hint}`)
    return value ?? fallback
  }
  if (env['DATABASE_URL'] === '')
    mistakes.push('DATABASE_URL is empty: name a Postgres, or unset it to use the one of Kvit')
  const tlsOf = (port: 'TCP' | 'TLS'): Config['tls'] => {
    const [certFile, keyFile] = [env[`KVIT_${port}_CERT`] || null, env[`KVIT_${port}_KEY`] || null]
    if (certFile !== null && keyFile !== null) return { certFile, keyFile }
    const [there, missing] = certFile === null ? ['KEY', 'CERT'] : ['CERT', 'KEY']
    if (certFile !== keyFile)
      mistakes.push(`KVIT_${port}_${there} needs KVIT_${port}_${missing} beside it: set both, or neither`)
    return null
  }
  const oidc = (): OidcSettings | null => {
    const issuer = read<string | null>('KVIT_OIDC_ISSUER', null, readIssuer, 'write it as https://login.example')
    const [clientId, clientSecret] = ['KVIT_OIDC_CLIENT_ID', 'KVIT_OIDC_CLIENT_SECRET'].map((name) => env[name] || null)
    if (issuer !== null && clientId != null) return { issuer, clientId, clientSecret: clientSecret ?? null }
    if (issuer !== null) mistakes.push('KVIT_OIDC_ISSUER needs KVIT_OIDC_CLIENT_ID beside it')
    else if (clientId != null && !env['KVIT_OIDC_ISSUER'])
      mistakes.push('KVIT_OIDC_CLIENT_ID needs KVIT_OIDC_ISSUER beside it')
    return null
  }
  const config: Config = {
    databaseUrl: read<string | null>(
      'DATABASE_URL',
      null,
      (text) => (DATABASE_URL.test(text) ? text : null),
      'write it as postgres://user:password@host:5432/database',
    ),
    dataDir: resolve(env['KVIT_DATA'] || join(import.meta.dirname, '../../data')),
    host: read(
      'KVIT_HOST',
      '127.0.0.1',
      (text) => (/[\s/]|:\/\//.test(text) ? null : text),
      'write an address or a name',
    ),
    port: read('KVIT_PORT', 8080, readPort, PORT_HINT),
    tcpPort: read<number | null>('KVIT_TCP_PORT', null, readPort, PORT_HINT),
    tcpTls: tlsOf('TCP'),
    tls: tlsOf('TLS'),
    corsOrigins: read<readonly string[]>(
      'KVIT_CORS_ORIGINS',
      [],
      readOrigins,
      'write origins with commas between, such as https://shop.example.com,https://app.example.com, or * for all',
    ),
    publicUrl: read<string | null>(
      'KVIT_PUBLIC_URL',
      null,
      (text) => (/^https?:\/\/[^/?#\s]+\/?$/.test(text) && URL.canParse(text) ? new URL(text).origin : null),
      'write it as https://billing.example, without a path',
    ),
    oidc: oidc(),
    metricsToken: read<string | null>(
      'KVIT_METRICS_TOKEN',
      null,
      (text) => (/^[\w.~+/=-]{16,200}$/.test(text) ? text : null),
      'write 16 to 200 letters, digits and -._~+/=',
    ),
    secretsKey: read<string | null>(
      'KVIT_SECRETS_KEY',
      null,
      (text) => (SECRET_KEYS.test(text) ? text : null),
      'write 32 bytes in base64, as "openssl rand -base64 32" makes them; older keys may follow, with commas between',
    ),
    secretsKeyFile: env['KVIT_SECRETS_KEY_FILE'] ? resolve(env['KVIT_SECRETS_KEY_FILE']) : null,
    viesUrl: read(
      'KVIT_VIES_URL',
      'https://ec.europa.eu/taxation_customs/vies/rest-api',
      readIssuer,
      'write it as https://vies.example/rest-api',
    ),
    avalaraUrl: read('KVIT_AVALARA_URL', 'https://rest.avatax.com', readIssuer, 'write it as https://avatax.example'),
    stripeUrl: read('KVIT_STRIPE_URL', 'https://api.stripe.com', readIssuer, 'write it as https://api.stripe.example'),
    mollieUrl: read('KVIT_MOLLIE_URL', 'https://api.mollie.com', readIssuer, 'write it as https://api.mollie.example'),
    peppolUrl: read<string | null>('KVIT_PEPPOL_URL', null, readIssuer, 'write it as https://access-point.example'),
    deliveryFolder: env['KVIT_DELIVERY_FOLDER'] ? resolve(env['KVIT_DELIVERY_FOLDER']) : null,
    privateHosts: read<readonly string[]>(
      'KVIT_PRIVATE_HOSTS',
      [],
      readHosts,
      'write servers with their ports and commas between, such as mail.internal:25,10.0.0.7:587',
    ),
    liqPayUrl: read('KVIT_LIQPAY_URL', 'https://www.liqpay.ua', readIssuer, 'write it as https://liqpay.example'),
    wayForPayUrl: read(
      'KVIT_WAYFORPAY_URL',
      'https://api.wayforpay.com',
      readIssuer,
      'write it as https://api.wayforpay.example',
    ),
    payPalUrl: read(
      'KVIT_PAYPAL_URL',
      'https://api-m.paypal.com',
      readIssuer,
      'write it as https://api-m.sandbox.paypal.com',
    ),
    archiveAfterHours: read(
      'KVIT_ARCHIVE_AFTER_HOURS',
      24,
      (text) => (HOURS.test(text) ? Number(text) : null),
      'write a number of hours such as 24',
    ),
    bodyMemoryMb: read('KVIT_BODY_MEMORY_MB', 384, wholeNumber(MIN_BODY_MEMORY_MB), fromHint(MIN_BODY_MEMORY_MB)),
    requestsPerSecond: read('KVIT_REQUESTS_PER_SECOND', 10_000, wholeNumber(1), fromHint(1)),
    logLevel: read(
      'KVIT_LOG_LEVEL',
      'warn',
      (text) => (LEVELS.includes(text) ? text : null),
      `use one of ${LEVELS.join(', ')}`,
    ),
  }
  if (config.secretsKey !== null && config.secretsKeyFile !== null)
    mistakes.push('KVIT_SECRETS_KEY and KVIT_SECRETS_KEY_FILE are both set: keep one of them')
  if (config.port !== 0 && config.port === config.tcpPort)
    mistakes.push(`KVIT_PORT and KVIT_TCP_PORT are both ${config.port}: give each a port of its own`)
  if (mistakes.length > 0) throw new StartMistake(mistakes.join('\n      '))
  return config
}

/**
 * A warning when the server starts: whoever reads along a line without encryption has the keys that are sent over it.
 * @returns sentences, none where the server is reached from its own machine alone or speaks TLS.
 */
export function unsafeSettings({ host, tls, tcpPort, tcpTls }: Config): string[] {
  if (/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)) return []
  const ports = [
    ...(tls === null ? ['HTTP (KVIT_TLS_CERT and KVIT_TLS_KEY, or a proxy with TLS before it)'] : []),
    ...(tcpPort !== null && tcpTls === null ? ['the port of gateways (KVIT_TCP_CERT and KVIT_TCP_KEY)'] : []),
  ]
  return ports.map(
    (port) =>
      `KVIT_HOST=${host} is reached from other machines, and keys go over the line unencrypted: use TLS for ${port}`,
  )
}

/** HTTPS, or something on this machine. */
function readIssuer(text: string): string | null {
  const isUrl = /^(https:\/\/|http:\/\/(localhost|127\.\d+\.\d+\.\d+)[:/])[^\s?#]+$/.test(text)
  return isUrl && URL.canParse(text) ? text : null
}

const PORT_HINT = 'write a port from 0 to 65535; 0 takes a free one'

function readPort(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null
}

const MAX_ORIGINS = 100

const SERVER = /^[a-z0-9.:[\]_-]{1,253}:\d{1,5}$/

function readHosts(text: string): readonly string[] | null {
  const hosts = text.split(',').map((host) => host.trim().toLowerCase())
  return hosts.every((host) => SERVER.test(host)) && hosts.length <= MAX_ORIGINS ? hosts : null
}

/** `https://shop.example.com`: a scheme, a host and a port that is not its own; nothing after it. */
function readOrigins(text: string): readonly string[] | null {
  const origins = text.split(',').map((origin) => origin.trim())
  if (origins.length === 1 && origins[0] === '*') return origins
  const areOrigins = origins.every(
    (origin) => /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin,
  )
  return areOrigins && origins.length <= MAX_ORIGINS ? origins : null
}

function wholeNumber(least: number): (text: string) => number | null {
  return (text) => (/^\d{1,9}$/.test(text) && Number(text) >= least ? Number(text) : null)
}

function fromHint(least: number): string {
  return `write a whole number from ${least} on`
}

/** Variables of the command line and of the tests, which the server does not read. */
const NOT_OF_SERVERS = /^KVIT_(URL|KEY|TENANT|DATA|TEST_.*)$/

/** Names that look like Kvit's and are not: misspelt, most likely. Those that `readConfig` asks for are known. */
export function unknownVariables(env: Environment): { readonly unknown: string[]; readonly known: string[] } {
  const known = new Set<string>()
  const recorder = new Proxy(env, {
    get: (all, name) => {
      known.add(String(name))
      return all[String(name)]
    },
  })
  readConfig(recorder)
  const unknown = Object.keys(env).filter((name) => name.startsWith('KVIT_') && !known.has(name))
  return { unknown: unknown.filter((name) => !NOT_OF_SERVERS.test(name)), known: [...known] }
}
