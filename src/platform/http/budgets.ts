import { overloaded, tooMany } from '../gate.ts'

/** What requests may take up at once. Shares keep one tenant, and one key of a tenant, from taking all of it. */
export interface BudgetLimits {
  readonly requests: Shares
  /** Bytes of bodies, as sent and as unfolded, until their requests are answered. */
  readonly bytes: Shares
  /** Requests a second, and so many at once after a pause. Of a key; a tenant may have twice as many. */
  readonly requestsPerSecond: number
}

interface Shares {
  readonly inAll: number
  readonly ofTenant: number
  readonly ofKey: number
}

const MEGABYTE = 1024 * 1024

/** @param bodyMegabytes in all; a third of it may be one tenant's. */
export function budgetLimits(bodyMegabytes: number, requestsPerSecond: number): BudgetLimits {
  const bytes = bodyMegabytes * MEGABYTE
  return {
    requests: { inAll: 4_000, ofTenant: 1_500, ofKey: 1_000 },
    bytes: { inAll: bytes, ofTenant: Math.floor(bytes / 3), ofKey: Math.floor(bytes / 3) },
    requestsPerSecond,
  }
}

/** What somebody takes up now, and how many requests more may come at once. */
interface Use {
  requests: number
  bytes: number
  tokens: number
  refilledMs: number
}

/** Entries of those who take up nothing are dropped when there are so many. */
const MAX_KEPT = 10_000

/** The budgets of all requests of a process: how many there are at once, how often they come, and what their bodies weigh. */
export class Budgets {
  readonly limits: BudgetLimits
  private readonly nowMs: () => number
  private readonly all: Use
  private readonly tenants = new Map<string, Use>()
  private readonly keys = new Map<string, Use>()

  /** @param nowMs a clock that is never set. */
  constructor(limits: BudgetLimits, nowMs: () => number = () => performance.now()) {
    this.limits = limits
    this.nowMs = nowMs
    this.all = { requests: 0, bytes: 0, tokens: 0, refilledMs: 0 }
  }

  /**
   * Lets a request in. @param key null for the key of the machine's owner, which works for all tenants.
   * @param ofKeyPerSecond what this key may ask a second, where it has a limit of its own below the one of all keys
   * @throws Refusal where the key, the tenant or all together have too many.
   */
  admit(tenant: string, key: string | null, ofKeyPerSecond: number | null = null): Admission {
    const { requests, requestsPerSecond } = this.limits
    const nowMs = this.nowMs()
    const ofTenant = this.useOf(this.tenants, tenant, nowMs, 2 * requestsPerSecond)
    const most = Math.min(ofKeyPerSecond ?? requestsPerSecond, requestsPerSecond)
    const ofKey = key === null ? null : this.useOf(this.keys, key, nowMs, most)
    if (ofKey !== null && ofKey.requests >= requests.ofKey) throw tooMany('requests of this key are under way')
    if (ofTenant.requests >= requests.ofTenant) throw tooMany('requests of this tenant are under way')
    if (this.all.requests >= requests.inAll) throw overloaded('requests are under way')
    if (ofKey !== null && ofKey.tokens < 1) throw tooMany('requests of this key a second')
    if (ofTenant.tokens < 1) throw tooMany('requests of this tenant a second')
    ofTenant.tokens--
    if (ofKey !== null) ofKey.tokens--
    return new Admission(this.limits.bytes, this.all, ofTenant, ofKey)
  }

  private useOf(uses: Map<string, Use>, name: string, nowMs: number, perSecond: number): Use {
    let use = uses.get(name)
    if (use === undefined) {
      if (uses.size >= MAX_KEPT) for (const [other, { requests }] of uses) if (requests === 0) uses.delete(other)
      use = { requests: 0, bytes: 0, tokens: perSecond, refilledMs: nowMs }
      uses.set(name, use)
    }
    use.tokens = Math.min(perSecond, use.tokens + ((nowMs - use.refilledMs) / 1000) * perSecond)
    use.refilledMs = nowMs
    return use
  }
}

/** What one request takes up, until it is answered or gone. */
export class Admission {
  private readonly limits: Shares
  private readonly all: Use
  private readonly ofTenant: Use
  private readonly ofKey: Use | null
  private bytes = 0
  private isReleased = false

  constructor(limits: Shares, all: Use, ofTenant: Use, ofKey: Use | null) {
    this.limits = limits
    this.all = all
    this.ofTenant = ofTenant
    this.ofKey = ofKey
    all.requests++
    ofTenant.requests++
    if (ofKey !== null) ofKey.requests++
  }

  /** @throws Refusal where there is no room for so many bytes more. */
  takeBytes(count: number): void {
    const { limits, all, ofTenant, ofKey } = this
    if (ofKey !== null && ofKey.bytes + count > limits.ofKey) throw tooMany('bytes of this key are under way')
    if (ofTenant.bytes + count > limits.ofTenant) throw tooMany('bytes of this tenant are under way')
    if (all.bytes + count > limits.inAll) throw overloaded('bytes are under way')
    this.addBytes(count)
  }

  private addBytes(count: number): void {
    // A request that is gone has given back all of it.
    if (this.isReleased) return
    this.bytes += count
    this.all.bytes += count
    this.ofTenant.bytes += count
    if (this.ofKey !== null) this.ofKey.bytes += count
  }

  /** Gives everything back; a second time changes nothing. */
  release(): void {
    if (this.isReleased) return
    this.addBytes(-this.bytes)
    this.isReleased = true
    this.all.requests--
    this.ofTenant.requests--
    if (this.ofKey !== null) this.ofKey.requests--
  }
}
