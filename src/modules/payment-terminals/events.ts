import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const network = z.string().describe('The name of the network')
const settings = {
  network,
  isOpen: z.boolean(),
  secrets: z.array(z.string()).describe('Names of secrets that were set or removed'),
}
export const networkCreated = eventType(
  'terminal_network.created',
  'terminal_network',
  'A network of terminals was set up.',
  settings,
)
export const networkUpdated = eventType(
  'terminal_network.updated',
  'terminal_network',
  'A network of terminals was changed.',
  settings,
)

const paid = {
  network,
  txnId: z.string().describe('The network’s own id'),
  currency: z.string(),
  amount: z.string().describe('A decimal of the currency'),
  kind: z.enum(['payment', 'top_up']).describe('As what it was recorded'),
}
export const terminalPaid = eventType(
  'terminal_payment.received',
  'terminal_payment',
  'A terminal, or an app of a bank, has taken money for an account.',
  paid,
)
export const terminalCancelled = eventType(
  'terminal_payment.cancelled',
  'terminal_payment',
  'What a terminal had taken was taken back.',
  { ...paid, reason: z.string() },
)
export const terminalRefused = eventType(
  'terminal_payment.refused',
  'terminal_refusal',
  'A network was refused a payment or a cancellation, for the first time with this reason: its payer may have to be told.',
  { network, command: z.string(), txnId: z.string(), reason: z.string() },
)
export const registryCompared = eventType(
  'terminal_registry.compared',
  'terminal_registry',
  'What a network says that it has taken was compared with what Kvit has.',
  {
    network,
    key: z.string(),
    rows: z.int(),
    agreed: z.int(),
    differences: z.int().describe('What is missing here or there, has another sum, or was cancelled'),
  },
)

export const terminalEvents = [
  networkCreated,
  networkUpdated,
  terminalPaid,
  terminalCancelled,
  terminalRefused,
  registryCompared,
]
