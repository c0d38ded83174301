import Access
import ArgumentParser
import Foundation
import Runtime

/// Where the supervisor of a cluster is, and by which key this process is known to it.
struct SupervisorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where the supervisor is: HOST or HOST:PORT; $MILLRACE_SUPERVISOR, else 127.0.0.1:5700.",
      valueName: "address"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "This node's key, made by `millrace keys add`; $MILLRACE_KEY_FILE names it, too, and "
        + "$MILLRACE_KEY may hold its content.", valueName: "file"))
  var keyFile: String?

  @Flag(help: "Go without encryption also beyond this host; anybody can listen and take part.")
  var insecure = false

  /// The variable of the environment that names the supervisor's address.
  static let variable = "MILLRACE_SUPERVISOR"

  /// The address.
  ///
  /// - Throws: ``ValidationError``.
  func address() throws -> SupervisorAddress {
    let environment = ProcessInfo.processInfo.environment[Self.variable]
    let text = to ?? environment.flatMap { $0.isEmpty ? nil : $0 } ?? "127.0.0.1"
    do throws(RuntimeError) {
      return try SupervisorAddress(network: text)
    } catch {
      throw ValidationError("--to: \(error.message)")
    }
  }

  /// The key, where there is one.
  ///
  /// - Throws: ``ExitCode``, after the reason was told.
  func credentials() throws -> Credentials {
    do throws(AccessError) {
      let key = try NodeKey.find(
        keyFile: keyFile, environment: ProcessInfo.processInfo.environment)
      return key?.credentials ?? .none
    } catch {
      StandardError.write("error: \(error)")
      throw ExitCode(ExitStatus.rejected.rawValue)
    }
  }

  /// A client of the supervisor.
  ///
  /// - Throws: ``ExitCode``, after the reason was told, ``ValidationError``, ``ZeroMQError``.
  func client() throws -> CommandClient {
    let (address, credentials) = (try address(), try credentials())
    if case .none = credentials, !address.isLocal, !insecure {
      StandardError.write(
        "error: \(address.beats): a supervisor beyond this host is asked with a key only; make one "
          + "where the supervisor is with `millrace keys add NAME` and give it with --key-file, or say "
          + "--insecure")
      throw ExitCode(ExitStatus.rejected.rawValue)
    }
    return try CommandClient(address, credentials, allowsInsecure: insecure)
  }
}
