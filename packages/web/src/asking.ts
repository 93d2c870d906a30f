import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { AnswerOf, AsksOf, JsonPath, Kvit } from '../../sdk/src/index.ts'
import { kvit } from './api.ts'
import { type Written, writtenIn } from './format.ts'
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

/** A write, which the client sends again with the same key where its answer was lost. Afterwards what is shown is asked for again. */
export function useWrite<T = unknown>(
  onDone?: (answer: T) => void,
): UseMutationResult<T, unknown, (client: Kvit) => Promise<T>> {
  const queries = useQueryClient()
  const { tenant } = useSession()
  const client = useKvit()
  return useMutation({
    mutationFn: async (act: (of: Kvit) => Promise<T>) => act(client),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: [tenant] })
      onDone?.(answer)
    },
  })
}

export function useWritten(): Written {
  return writtenIn(useWords().language)
}
