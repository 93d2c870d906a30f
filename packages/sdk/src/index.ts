export { ChargingClient, type ChargingClientOptions, KvitError } from './charging-client.ts'
export type {
  Answer,
  EventRequest,
  Grant,
  Quantities,
  RefundRequest,
  Request,
  SessionRequest,
} from './messages.ts'
