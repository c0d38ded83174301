import Access
import ArgumentParser
import Runtime
import ZeroMQ

/// Where a supervisor listens, and whom it lets in.
struct ListenOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where to listen: HOST or HOST:PORT; the host may be an address, an interface or `*`.",
      valueName: "address"))
  var listen: String = "127.0.0.1:5700"

  @Option(
    help: ArgumentHelp(
      "The directory that `millrace keys init` made; its file `allowed` says who may take part, and is "
        + "followed when it changes.", valueName: "directory"))
  var keys: String?

  @Flag(help: "Go without encryption also beyond this host; anybody can listen and take part.")
  var insecure = false

  /// The address.
  ///
  /// - Throws: ``ValidationError``.
  func address() throws -> SupervisorAddress {
    do throws(RuntimeError) {
      return try SupervisorAddress(network: listen)
    } catch {
      throw ValidationError("--listen: \(error.message)")
    }
  }

  /// The supervisor's own key.
  ///
  /// - Throws: ``ExitCode``, after the reason was told, ``AccessError``, ``ValidationError``.
  func credentials() throws -> Credentials {
    if let keys { return try KeyDirectory(path: keys).loadSupervisor().credentials }
    guard try !address().isLocal, !insecure else { return .none }
    StandardError.write(
      "error: --listen \(listen) is beyond this host, and nothing listens there without keys; make them "
        + "with `millrace keys init keys` and give --keys keys, or say --insecure")
    throw ExitCode(ExitStatus.rejected.rawValue)
  }

  /// How the supervisor's sockets are protected.
  ///
  /// - Throws: as ``credentials()``, and ``ZeroMQError``.
  func connections(_ context: Context) throws -> Connections {
    let credentials = try credentials()
    let watch = try keys.map { keys in
      try AllowListWatch(path: KeyDirectory(path: keys).allowList, interval: .seconds(1))
    }
    return try Connections(
      context,
      .network(Transport.Network(credentials: credentials, allowsInsecure: insecure)),
      supervisor: try address(), allowList: watch)
  }
}
