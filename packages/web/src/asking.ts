import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { AnswerOf, AsksOf, JsonPath, Kvit } from '../../sdk/src/index.ts'
import { keepingKeys, kvit, newKey } from './api.ts'
import { type Written, writtenIn } from './format.ts'
import { KeptKeys } from './sent-once.ts'
import { useSession } from './session.tsx'
import { useWords } from './words.tsx'

/** The API, in the tenant that the user works in. */
export function useKvit(): Kvit {
  const { tenant } = useSession()
  return useMemo(() => kvit.in(tenant), [tenant])
}

/**
 * An answer of the API, kept by tenant, route and what was asked.
 * @param asks null where nothing is to be asked (yet)
 * @param options `keep` shows the last answer until the next is there, as lists do
 */
export function useAsk<P extends JsonPath<'get'>>(
  path: P,
  asks: AsksOf<'get', P> | null,
  options: { readonly everyMs?: number; readonly keep?: boolean } = {},
): UseQueryResult<AnswerOf<'get', P>> {
  const { tenant } = useSession()
  const client = useKvit() as unknown as { get(path: P, asks: unknown, options: object): Promise<AnswerOf<'get', P>> }
  return useQuery({
    queryKey: [tenant, path, asks],
    queryFn: async ({ signal }) => client.get(path, asks, { signal }),
    enabled: asks !== null,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
  }) as UseQueryResult<AnswerOf<'get', P>>
}

/** What time it is in the tenant. Undefined until it is known, null for whoever may not ask. */
export function useNow(): string | null | undefined {
  const { data, isError } = useAsk('/v1/clock', {})
  return data?.now ?? (isError ? null : undefined)
}

type Act<T> = (client: Kvit) => Promise<T>

/** A write of a form, and how far it is. */
export interface Write<T> extends Pick<UseMutationResult<T>, 'data' | 'error' | 'isError' | 'isPending' | 'isSuccess'> {
  /** Does nothing while what was submitted before is under way: two Enters are one payment. */
  readonly mutate: (act: Act<T>) => void
}

/**
 * A write, which has one effect however often it is submitted until it succeeded: its keys are kept by what is sent.
 * Afterwards what is shown is asked for again.
 */
export function useWrite<T = unknown>(onDone?: (answer: T) => void): Write<T> {
  const queries = useQueryClient()
  const { tenant } = useSession()
  const { client, keys } = useMemo(() => {
    const kept = new KeptKeys(newKey)
    return { client: keepingKeys(kept).in(tenant), keys: kept }
  }, [tenant])
  const isUnderWay = useRef(false)
  const { mutate, data, error, isError, isPending, isSuccess } = useMutation({
    mutationFn: async (act: Act<T>) => act(client),
    onSuccess: async (answer) => {
      keys.forget()
      await queries.invalidateQueries({ queryKey: [tenant] })
      onDone?.(answer)
    },
    onSettled: () => {
      isUnderWay.current = false
    },
  })
  const submit = (act: Act<T>): void => {
    if (isUnderWay.current) return
    isUnderWay.current = true
    mutate(act)
  }
  return { mutate: submit, data, error, isError, isPending, isSuccess }
}

export function useWritten(): Written {
  return writtenIn(useWords().language)
}
