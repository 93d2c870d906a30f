import type { History, Step } from '../crossing/history.ts'

const THRESHOLDS = { JPY: '1', EUR: '0.01', KWD: '0.001' }

/** What a step asks of the API. */
export function requestOf(
  name: string,
  currency: History['currency'],
  step: Exclude<Step, { do: 'use' | 're-rate' }>,
): ['POST' | 'PATCH', string, unknown] {
  switch (step.do) {
    case 'pay':
      return [
        'POST',
        '/v1/payments',
        {
          key: `${name}-${step.id}`,
          account: name,
          method: 'bank',
          currency,
          amount: step.amount,
          receivedOn: step.at.slice(0, 10),
        },
      ]
    case 'top up':
      return [
        'POST',
        '/v1/top-ups',
        { key: `${name}-${step.id}`, account: name, method: 'cash', currency, amount: step.amount },
      ]
    case 'credit limit':
      return ['PATCH', `/v1/accounts/${name}`, { creditLimit: step.amount }]
    case 'interim invoice':
      return [
        'PATCH',
        `/v1/accounts/${name}`,
        { progressiveBilling: { threshold: THRESHOLDS[currency], repeats: true } },
      ]
    case 'change': {
      const { effective: at, ...change } = step.change
      return ['POST', `/v1/subscriptions/${name}/changes`, { ...change, at }]
    }
    case 'retract':
    case 'amend': {
      const record = step.do === 'amend' ? { record: { data: step.data } } : {}
      const key = `${name}-${step.do}-${step.id}-${step.at}`
      return [
        'POST',
        '/v1/usage-corrections',
        { key, source: 's', id: step.id, action: step.do, ...record, reason: 'it was wrong' },
      ]
    }
    case 'coupon':
      throw new Error('left out')
  }
}
