/** One of the servers that a database URL names, by its place; `turn` rises whenever another one is tried. */
export interface Host {
  readonly turn: number
  readonly url: string
}

const URL_PARTS = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^/?#]*)(.*)$/s
const DEFAULT_PORT = 5432

/**
 * The URL of each server that a database URL names, in order: `postgres://kvit@a:1,b:2/db` names two. As with libpq, a
 * host without a port has 5432. `target_session_attrs` is taken out: Kvit always looks for the one that can be written.
 */
export function hostUrls(url: string): string[] {
  const [, head = '', hosts = '', rest = ''] = URL_PARTS.exec(url) ?? []
  if (head === '') return [url]
  const tail = rest.replace(/([?&])target_session_attrs=[^&#]*&?/, '$1').replace(/[?&](?=$|#)/, '')
  const named = hosts.split(',')
  if (named.length === 1) return [`${head}${hosts}${tail}`]
  return named.map((host) => `${head}${/:\d+$/.test(host) ? host : `${host}:${DEFAULT_PORT}`}${tail}`)
}

/**
 * The servers of one database, of which one is the primary. All pools of a process share this, so that what one
 * connection learns holds for all: whoever finds that a server is gone, or can only be read, moves everybody on.
 */
export class DatabaseHosts {
  private readonly urls: readonly string[]
  private turn = 0
  /** The newest timeline that a primary was seen on: a promotion begins a new one. */
  private timeline = ''

  constructor(url: string) {
    this.urls = hostUrls(url)
  }

  get count(): number {
    return this.urls.length
  }

  get current(): Host {
    return { turn: this.turn, url: this.urls[this.turn % this.urls.length] as string }
  }

  /** Tries the next server from now on, unless somebody has moved on already. Connections of older turns are given up. */
  leave(turn: number): void {
    if (turn === this.turn) this.turn++
  }

  /**
   * Whether a primary may be one that is out of date: another was promoted since, and it does not know yet.
   * @param timeline eight hexadecimal digits, as WAL files begin with; null where it is not known.
   */
  isOutdated(timeline: string | null): boolean {
    if (timeline === null) return false
    if (timeline > this.timeline) this.timeline = timeline
    return timeline < this.timeline
  }
}
