import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import { type Asked, ask } from './api.ts'
import { type Written, writtenIn } from './format.ts'
import { useSession } from './session.tsx'
import { useWords } from './words.tsx'

/** An answer of the API, kept by tenant and address. @param options `keep` shows the last one until the next is there, as lists do */
export function useAsk<T>(
  path: string | null,
  options: { readonly everyMs?: number; readonly keep?: boolean } = {},
): UseQueryResult<T> {
  const { tenant } = useSession()
  return useQuery({
    queryKey: [tenant, path],
    queryFn: async ({ signal }) => ask<T>(path as string, { signal }),
    enabled: path !== null,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
  })
}

export interface Write {
  readonly path: string
  readonly method?: Asked['method']
  readonly body?: unknown
  readonly text?: string
}

/**
 * A write. Until it has succeeded, what is sent again has the same key: a lost answer never makes a second effect. Afterwards what is shown is
 * asked for again.
 */
export function useWrite<T = unknown>(onDone?: (answer: T) => void): UseMutationResult<T, unknown, Write> {
  const queries = useQueryClient()
  const { tenant } = useSession()
  const sent = useRef<{ text: string; key: string } | null>(null)
  return useMutation({
    mutationFn: async ({ path, method = 'POST', body, text: given }: Write) => {
      const text = JSON.stringify([path, method, body, given])
      if (sent.current?.text !== text) sent.current = { text, key: crypto.randomUUID() }
      const answer = await ask<T>(path, { method, key: sent.current.key, ...(given === undefined ? { body } : { text: given }) })
      sent.current = null
      return answer
    },
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: [tenant] })
      onDone?.(answer)
    },
  })
}

export function useWritten(): Written {
  return writtenIn(useWords().language)
}
