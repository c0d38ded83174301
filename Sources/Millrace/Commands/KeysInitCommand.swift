import Access
import ArgumentParser

/// `millrace keys init`.
struct KeysInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a directory with the supervisor's key and an empty list of nodes.",
    discussion: """
      Keys that are there are never changed. --if-missing makes it no error that \
      they are, for services that make their keys when they first start.

        $ millrace keys init keys --nodes ventilator,sink,worker,client
      """)

  @Argument(
    help: ArgumentHelp(
      "The directory, which is made or empty; $MILLRACE_KEYS or `keys`, if not given.",
      valueName: "dir"))
  var directory: String?

  @Option(
    help: ArgumentHelp("Make keys of these nodes as well, separated by commas.", valueName: "names")
  )
  var nodes: String?

  @Flag(help: "Do nothing if there are keys already.")
  var ifMissing = false

  func run() throws {
    try AccessError.reported {
      let directory = KeyDirectory(path: directory ?? KeysOptions.standardPath)
      let names = try (nodes ?? "").split(separator: ",", omittingEmptySubsequences: true)
        .map { try NodeName(String($0)) }
      guard try directory.create(nodes: names) else {
        guard ifMissing else {
          StandardError.write(
            "error: \(directory.supervisorKey): there are keys already, and they are not overwritten; "
              + "give another directory, or add nodes with `millrace keys add`")
          throw ExitCode(ExitStatus.rejected.rawValue)
        }
        StandardError.write("\(directory.path): there are keys already; nothing was changed")
        return
      }
      StandardOutput.write("made \(directory.supervisorKey), for the supervisor alone")
      StandardOutput.write("made \(directory.allowList), the list of nodes that get in")
      for name in names {
        StandardOutput.write("made \(directory.keyFile(of: name)), for node \(name)")
      }
    }
  }
}
