import { enlarged } from '../../core/base/enlarged.ts'

/** Types of usage: some, or all but some. */
export interface BarredTypes {
  readonly names: ReadonlySet<string>
  readonly isExcept: boolean
}

/** Usage that a service is granted none of from one time until another, half-open. */
export interface Barring {
  readonly fromMs: number
  readonly untilMs: number
  /** Null for every type. */
  readonly types: BarredTypes | null
  /** For whoever reads the refusal: `dunning_soft, outgoing`. */
  readonly why: string
}

const FIRST_CAPACITY = 1024
const NOTHING: readonly Barring[] = []

/**
 * What services are barred from. It decides about grants alone: what was used is charged, whatever bars it. A service that nothing bars, now or
 * later, costs a look at one byte.
 */
export class ServiceBarrings {
  private flags = new Uint8Array(FIRST_CAPACITY)
  private readonly byService = new Map<number, readonly Barring[]>()

  /** Puts the barrings of a service in place of those before. */
  put(service: number, barrings: readonly Barring[] = NOTHING): void {
    if (barrings.length === 0) {
      if (this.flags[service] !== 1) return
      this.flags[service] = 0
      this.byService.delete(service)
      return
    }
    while (service >= this.flags.length) this.flags = enlarged(this.flags)
    this.flags[service] = 1
    this.byService.set(service, barrings)
  }

  /** Whether there is something to look at. */
  has(service: number): boolean {
    return this.flags[service] === 1
  }

  /** Why a service may not use a type at a time; null where it may. */
  whyNot(service: number, type: string, atMs: number): string | null {
    const standing = this.byService.get(service)?.find(({ fromMs, untilMs, types }) => {
      const isMeant = types === null || types.names.has(type) !== types.isExcept
      return isMeant && atMs >= fromMs && atMs < untilMs
    })
    return standing?.why ?? null
  }
}
