import { type Argument, Command, type ErrorOptions, Help, type Option } from 'commander'
import { formatOf } from './formats.ts'

/** A command with an example of its own, whose help says what is required, and whose mistakes are one line. */
export class CliCommand extends Command {
  private exampleText: string | undefined

  /** What may stand behind the command's own words, such as `--account 1001`. */
  example(text: string): this {
    this.exampleText = text
    return this
  }

  /** `kvit invoice list --account 1001`; undefined for groups of commands. */
  get exampleLine(): string | undefined {
    return this.exampleText === undefined ? undefined : `${this.path} ${this.exampleText}`.trimEnd()
  }

  /** `kvit invoice list` */
  get path(): string {
    return this.parent === null ? this.name() : `${(this.parent as CliCommand).path} ${this.name()}`
  }

  /** The options of the commands above it, which hold for it too. */
  parentOptions(): Option[] {
    const parent = this.parent as CliCommand | null
    return parent === null ? [] : [...parent.options, ...parent.parentOptions()]
  }

  /** The commands below a word, which several files may add to. */
  group(word: string): CliCommand {
    const found = this.commands.find((command) => command.name() === word)
    return (found as CliCommand | undefined) ?? this.command(word)
  }

  override createCommand(name?: string): CliCommand {
    return new CliCommand(name)
  }

  override createHelp(): CliHelp {
    return Object.assign(new CliHelp(), this.configureHelp())
  }

  /** Everything that a call got wrong comes through here. */
  override error(message: string, options?: ErrorOptions): never {
    const [said = '', suggestion = ''] = message.replace(/^error: /, '').split('\n')
    const meant = /^\(Did you mean (.*)\?\)$/.exec(suggestion)?.[1]
    const help = meant ? `; did you mean ${meant}?` : ''
    return super.error(`kvit: ${this.explain(said, options?.code, help)}`, options)
  }

  private explain(said: string, code: string | undefined, meant: string): string {
    const own = this.path.replace(/^kvit ?/, '')
    const example = this.exampleLine === undefined ? '' : `, for example: ${this.exampleLine}`
    switch (code) {
      case 'commander.unknownCommand':
        return `unknown command "${`${own} ${this.args[0]}`.trim()}"${meant} ("${this.path} --help" lists what there is)`
      case 'commander.missingMandatoryOptionValue':
      case 'commander.missingArgument':
        return `${own} needs ${this.missing().join(', ')}${example}`
      case 'commander.optionMissingArgument':
        return `${own}: ${said.replace(/ argument missing$/, ' needs a value')}${example}`
      case 'commander.unknownOption':
        return `${own || 'kvit'}: ${said}${meant} ("${this.path} --help" lists what there is)`
      case 'commander.excessArguments':
        return `${own} takes ${this.registeredArguments.length || 'no'} argument${this.registeredArguments.length === 1 ? '' : 's'}, and got ${this.args.join(' ')}${example}`
      default:
        return said + meant
    }
  }

  /** All arguments and options that must be given and were not, as the help shows them. */
  private missing(): string[] {
    return [
      ...this.registeredArguments
        .filter((argument, at) => argument.required && this.args[at] === undefined)
        .map((argument) => `<${argument.name()}>`),
      ...this.options
        .filter((option) => option.mandatory && this.getOptionValue(option.attributeName()) === undefined)
        .map(({ flags }) => flags),
    ]
  }
}

class CliHelp extends Help {
  /** What it is, whether it must be given, how it is written, and what holds without it. */
  override optionDescription(option: Option): string {
    const placeholder = /[<[]([^>\]]+?)(\.\.\.)?[>\]]/.exec(option.flags)?.[1]
    const format = placeholder === undefined ? undefined : formatOf(option.name(), placeholder)
    const holds = option.required && option.defaultValue !== undefined ? `default ${option.defaultValue}` : undefined
    return describe(option.description, [option.mandatory ? 'required' : undefined, format, holds])
  }

  override argumentDescription(argument: Argument): string {
    return describe(argument.description, [
      argument.required ? 'required' : undefined,
      formatOf(argument.name(), argument.name()),
    ])
  }

  /** Arguments are listed with their formats, though none has a description. */
  override visibleArguments(command: Command): Argument[] {
    return [...command.registeredArguments]
  }

  override formatHelp(command: Command, helper: Help): string {
    const example = command instanceof CliCommand ? command.exampleLine : undefined
    return `${super.formatHelp(command, helper)}${example === undefined ? '' : `\nExample:\n  ${example}\n`}`
  }
}

function describe(description: string, remarks: readonly (string | undefined)[]): string {
  const said = remarks.filter((remark) => remark !== undefined && !description.includes(remark)).join('; ')
  return said === '' ? description : `${description}${description === '' ? '' : ' '}(${said})`
}
