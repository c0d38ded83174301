/// What the command line asks for.
struct Options {
  /// What to do.
  enum Command {
    /// Compare random queries.
    case compare
    /// Check files of SQL tests against PostgreSQL.
    case verify([String])
  }

  var command = Command.compare
  var queries = 500
  var seed: UInt64 = 1
  /// How many different differences are shown before giving up.
  var differences = 10
  /// Whether `verify` writes what PostgreSQL answers into the files.
  var writes = false
  /// Where PostgreSQL's programs are.
  var programs = "/usr/lib/postgresql/15/bin"

  static let usage = """
    usage: millrace-differential [--queries N] [--seed N] [--differences N] [--programs DIRECTORY]
           millrace-differential verify [--write] [--programs DIRECTORY] FILE…
    """

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    var files: [String] = []
    var verifies = false
    while let argument = rest.popFirst() {
      switch argument {
      case "verify" where !verifies: verifies = true
      case "--queries": queries = try Self.number(argument, rest.popFirst())
      case "--seed": seed = try Self.number(argument, rest.popFirst())
      case "--differences": differences = try Self.number(argument, rest.popFirst())
      case "--programs": programs = rest.popFirst() ?? ""
      case "--write": writes = true
      case _ where verifies && !argument.hasPrefix("-"): files.append(argument)
      default: throw DifferentialError("unknown argument \(argument)\n\(Self.usage)")
      }
    }
    guard verifies else { return }
    if files.isEmpty { throw DifferentialError("verify needs files\n\(Self.usage)") }
    command = .verify(files)
  }

  private static func number<Number: FixedWidthInteger>(
    _ option: String, _ text: String?
  ) throws -> Number {
    guard let text, let number = Number(text) else {
      throw DifferentialError("\(option) needs a number\n\(usage)")
    }
    return number
  }
}
