import ArgumentParser
import Wire
import ZeroMQ

/// `millrace version`.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the version of Millrace and of its wire protocol.")

  func run() {
    StandardOutput.write("millrace \(MillraceVersion.text)")
    StandardOutput.write("wire \(WireVersion.major).\(WireVersion.minor)")
    StandardOutput.write("libzmq \(Context.libraryVersion)")
  }
}
