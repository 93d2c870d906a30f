import type { ListPath, Routes } from './generated/routes.ts'

export type Method = keyof Routes
/** Addresses of a method, as the reference writes them: `/v1/invoices/{reference}`. */
export type Path<M extends Method> = keyof Routes[M] & string
/** What a route asks: parameters by their names, and `body`. */
export type AsksOf<M extends Method, P extends Path<M>> = Routes[M][P] extends { asks: infer A } ? A : never
/** What a route answers. */
export type AnswerOf<M extends Method, P extends Path<M>> = Routes[M][P] extends { answer: infer A } ? A : never
/** What a route takes as its body. */
export type BodyOf<M extends Method, P extends Path<M>> = AsksOf<M, P> extends { body?: infer B } ? B : never
/** An item of a list: `ItemOf<'/v1/invoices'>`. */
export type ItemOf<P extends ListPath> = AnswerOf<'get', P> extends { items: readonly (infer T)[] } ? T : never
/** Addresses of a method that answer with JSON. */
export type JsonPath<M extends Method> = {
  [P in Path<M>]: Routes[M][P] extends { answer: unknown } ? P : never
}[Path<M>]

export interface RequestOptions {
  /** Ends the request, and what waits to send it again. */
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number | undefined
  readonly retries?: number | undefined
  /** Of a write: one effect, however often it is sent. Made for each call when absent. */
  readonly idempotencyKey?: string | undefined
  /** Of a body that is no JSON. `application/octet-stream` when absent. */
  readonly contentType?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}
