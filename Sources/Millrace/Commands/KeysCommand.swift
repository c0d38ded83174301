import Access
import ArgumentParser
import Foundation

/// `millrace keys`.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Make and revoke the keys by which processes of several hosts know each other.",
    discussion: """
      The supervisor's host keeps a directory with its own key, the list of nodes \
      that get in, and a key file for each node. That file is all the node needs: \
      carry it to its host, as its owner's secret (mode 0600), and name it there \
      with --key-file or in $MILLRACE_KEY_FILE.

        $ millrace keys init keys --nodes ventilator,sink,client
        $ millrace keys add worker-7 --keys keys
        $ millrace keys revoke worker-7 --keys keys

      A running supervisor follows the list: who is added gets in, and who is \
      revoked is cut off, within a beat.
      """,
    subcommands: [
      KeysInitCommand.self, KeysAddCommand.self, KeysRevokeCommand.self, KeysListCommand.self,
    ])
}

/// Where the keys are.
struct KeysOptions: ParsableArguments {
  /// Where keys are if nobody says.
  static var standardPath: String {
    ProcessInfo.processInfo.environment["MILLRACE_KEYS"].flatMap { $0.isEmpty ? nil : $0 } ?? "keys"
  }

  @Option(
    help: ArgumentHelp(
      "The directory of the keys; $MILLRACE_KEYS or `keys`, if not given.", valueName: "dir"))
  var keys: String?

  var directory: KeyDirectory { KeyDirectory(path: keys ?? Self.standardPath) }
}

extension AccessError {
  /// Does something with keys; an error is told and ends the command.
  static func reported<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as AccessError {
      StandardError.write("error: \(error)")
      throw ExitCode(ExitStatus.rejected.rawValue)
    }
  }
}
