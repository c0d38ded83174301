import Access
import ArgumentParser

/// `millrace keys add`.
struct KeysAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Make the key of a node and list it.",
    discussion: """
      Several processes may share a key, for example all workers of a pool; they \
      are then revoked together.

        $ millrace keys add worker --keys keys
        made keys/worker.key, for node worker
      """)

  @Argument(help: "The node's name: 1 to 64 of the characters a-z, 0-9 and -.")
  var name: String

  @OptionGroup var options: KeysOptions

  func run() throws {
    try AccessError.reported {
      let name = try NodeName(name)
      let path = try options.directory.add(name)
      StandardOutput.write("made \(path), for node \(name)")
    }
  }
}
