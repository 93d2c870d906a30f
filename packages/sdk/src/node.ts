export { ChargingClient, type ChargingClientOptions } from './charging-client.ts'
export * from './index.ts'
export type {
  Answer,
  EventRequest,
  Grant,
  Quantities,
  RefundRequest,
  Request,
  SessionRequest,
} from './messages.ts'
