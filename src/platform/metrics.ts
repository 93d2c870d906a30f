import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Seconds: from a cached read to a bill run. */
const BUCKETS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10]

/** What `/metrics` shows, in the Prometheus text format. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  readonly requests: Histogram<'route' | 'method' | 'status'>
  /** Records by outcome: charged, suspended, duplicate. */
  readonly records: Counter<'tenant' | 'outcome'>
  readonly engineFaults: Counter<'tenant'>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    requests: new Histogram({
      name: 'kvit_http_request_seconds',
      help: 'Time to answer a request',
      registers,
      buckets: BUCKETS,
      labelNames: ['route', 'method', 'status'],
    }),
    records: new Counter({
      name: 'kvit_usage_records_total',
      help: 'Usage records by outcome',
      registers,
      labelNames: ['tenant', 'outcome'],
    }),
    engineFaults: new Counter({
      name: 'kvit_engine_faults_total',
      help: 'Times that a partition was dropped and rebuilt',
      registers,
      labelNames: ['tenant'],
    }),
  }
}
