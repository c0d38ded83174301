import Access
import ArgumentParser

/// `millrace keys revoke`.
struct KeysRevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Take a node off the list, so that it is cut off.",
    discussion: """
      Its key file in the directory is removed too. `millrace keys add` with the \
      same name makes a new key; copies of the old one stay worthless.

        $ millrace keys revoke worker --keys keys
      """)

  @Argument(help: "The node's name.")
  var name: String

  @OptionGroup var options: KeysOptions

  func run() throws {
    try AccessError.reported {
      let entry = try options.directory.revoke(try NodeName(name))
      StandardOutput.write("revoked \(entry.name), whose key was \(entry.key)")
    }
  }
}
