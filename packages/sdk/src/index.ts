export { AnswerError, type FieldError, KvitError, NoAnswerError, type Problem, ProblemError } from './errors.ts'
export type { EventPattern, FollowOptions, Matching } from './event-feed.ts'
export type * from './generated/events.ts'
export type { ProblemCode } from './generated/facts.ts'
export type * from './generated/routes.ts'
export type * from './generated/things.ts'
export {
  type AnswerOf,
  type AsksOf,
  type BodyOf,
  type Environment,
  type ItemOf,
  type JsonPath,
  Kvit,
  type KvitOptions,
  type Method,
  type Path,
  type RequestOptions,
} from './kvit.ts'
export { Listing, type Page } from './listing.ts'
export { type UsageOptions, type UsageReport, UsageStream, type UsageTotals } from './usage.ts'
