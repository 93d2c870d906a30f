import type { CliCommand } from './command.ts'

/** What may stand behind a word, such as `kvit invoice`: further words, and options. */
interface Node {
  readonly path: string
  readonly words: readonly { readonly name: string; readonly about: string }[]
  readonly flags: readonly { readonly name: string; readonly about: string; readonly takesValue: boolean }[]
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** A script for a shell that completes words and options. It has them all, so completing asks nobody. */
export function completionScript(program: CliCommand, shell: Shell): string {
  const nodes = nodesOf(program)
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](nodes)
}

function nodesOf(command: CliCommand): Node[] {
  const help = command.createHelp()
  const subcommands = help.visibleCommands(command)
  const options = [...help.visibleOptions(command), ...(command.parent === null ? [] : command.parentOptions())]
  const node: Node = {
    path: command.path,
    words: subcommands.map((sub) => ({ name: sub.name(), about: sub.description() })),
    flags: options.map((option) => ({
      name: option.long ?? option.short ?? '',
      about: option.description,
      takesValue: option.required || option.optional,
    })),
  }
  return [node, ...(command.commands as readonly CliCommand[]).flatMap(nodesOf)]
}

const names = ({ words, flags }: Node): string => [...words, ...flags].map(({ name }) => name).join(' ')

/** Options that take a value are skipped with it when the words of the command are looked for. */
function valueFlags(nodes: readonly Node[]): string {
  const flags = nodes.flatMap((node) => node.flags.filter(({ takesValue }) => takesValue).map(({ name }) => name))
  return [...new Set(['-t', ...flags])].join('|')
}

function bashScript(nodes: readonly Node[]): string {
  return `# Completion of kvit for bash: put "source <(kvit completion bash)" into ~/.bashrc.
_kvit() {
  local word path=kvit at current=\${COMP_WORDS[COMP_CWORD]} known
  _kvit_known "$path"
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    case "$word" in
      ${valueFlags(nodes)}) ((at++)) ;;
      -*) ;;
      *) _kvit_known "$path $word" && path="$path $word" || _kvit_known "$path" ;;
    esac
  done
  _kvit_known "$path"
  case "\${COMP_WORDS[COMP_CWORD - 1]}" in
    ${valueFlags(nodes)}) COMPREPLY=($(compgen -f -- "$current")) ;;
    *)
      COMPREPLY=($(compgen -W "$known" -- "$current"))
      [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
      ;;
  esac
}
_kvit_known() {
  case "$1" in
${nodes.map((node) => `    '${node.path}') known='${names(node)}' ;;`).join('\n')}
    *) return 1 ;;
  esac
}
complete -o filenames -F _kvit kvit
`
}

function zshScript(nodes: readonly Node[]): string {
  const item = ({ name, about }: { name: string; about: string }): string =>
    quote(`${name.replaceAll(':', '\\:')}:${about}`)
  return `#compdef kvit
# Completion of kvit for zsh: put "source <(kvit completion zsh)" into ~/.zshrc, behind compinit.
_kvit_known() {
  case "$1" in
${nodes.map((node) => `    ${quote(node.path)}) known=(${[...node.words, ...node.flags].map(item).join(' ')}) ;;`).join('\n')}
    *) return 1 ;;
  esac
}
_kvit() {
  local at path_=kvit
  local -a known
  for ((at = 2; at < CURRENT; at++)); do
    case "\${words[at]}" in
      ${valueFlags(nodes)}) ((at++)) ;;
      -*) ;;
      *) _kvit_known "$path_ \${words[at]}" && path_="$path_ \${words[at]}" ;;
    esac
  done
  _kvit_known "$path_"
  case "\${words[CURRENT - 1]}" in
    ${valueFlags(nodes)}) _files ;;
    *) _describe 'kvit' known || _files ;;
  esac
}
compdef _kvit kvit
`
}

function fishScript(nodes: readonly Node[]): string {
  const lines = nodes.flatMap(({ path, words, flags }) => {
    const condition = `-n '__kvit_is "${path}"'`
    return [
      ...words.map(({ name, about }) => `complete -c kvit ${condition} -f -a ${quote(name)} -d ${quote(about)}`),
      ...flags.map(({ name, about, takesValue }) => {
        const flag = name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`
        return `complete -c kvit ${condition} ${flag}${takesValue ? ' -r' : ''} -d ${quote(about)}`
      }),
    ]
  })
  return `# Completion of kvit for fish: kvit completion fish > ~/.config/fish/completions/kvit.fish
set -g __kvit_paths ${nodes.map(({ path }) => quote(path)).join(' ')}
function __kvit_is
  set -l path kvit
  set -l skip 0
  for word in (commandline -opc)[2..-1]
    if test $skip = 1
      set skip 0
    else if contains -- $word ${valueFlags(nodes).split('|').join(' ')}
      set skip 1
    else if contains -- "$path $word" $__kvit_paths
      set path "$path $word"
    end
  end
  test "$path" = "$argv[1]"
end
${lines.join('\n')}
`
}

/** As one word for all three shells: none of them reads anything between single quotes, but fish a backslash. */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '').replaceAll("'", '’')}'`
}
