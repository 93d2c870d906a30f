import { systemClock } from '../../platform/clock.ts'
import { CURRENT_VERSION } from '../../platform/http/api-version.ts'
import { type ReceiverClient, signedHeaders } from '../webhooks/index.ts'
import type { Enforcer } from './ports.ts'

/** What a receiver is sent: its id is the same whenever this version is told of this service. */
export function webhookEnforcer(receivers: ReceiverClient, url: string, secret: string): Enforcer {
  return {
    enforce: async (wished, signal) => {
      const body = JSON.stringify({ type: 'service.state', ...wished })
      const id = `${wished.serviceId}:${wished.version}`
      const headers = {
        ...{ 'content-type': 'application/json', 'user-agent': 'Kvit-Enforcement', 'kvit-version': CURRENT_VERSION },
        ...signedHeaders([secret], id, body, systemClock.nowMs()),
      }
      const answer = await receivers.post(url, headers, body, signal)
      if ('error' in answer) return { outcome: 'unanswered', words: answer.error }
      if (answer.status >= 200 && answer.status < 300)
        return { outcome: 'enforced', words: `answered ${answer.status}` }
      const isLater = answer.status >= 500 || answer.status === 429
      return { outcome: isLater ? 'unanswered' : 'refused', words: `answered ${answer.status}` }
    },
  }
}
