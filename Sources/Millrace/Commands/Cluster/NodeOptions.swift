import Access
import ArgumentParser
import Logging
import PipelineCore
import Runtime
import ZeroMQ

/// What the commands of a cluster's nodes take beside the supervisor's address.
struct NodeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The address of this host at which others reach it; else the one that leads to the supervisor.",
      valueName: "host"))
  var bind: String?

  @Option(
    help: ArgumentHelp("What others connect to, where that is not --bind.", valueName: "host"))
  var advertise: String?

  @Option(help: "The first port that is bound; else the system chooses.")
  var port: UInt16?

  @Option(help: "An id that no other node has; a worker has a new one each time.")
  var node: UInt64?

  @Option(help: "A name for people.")
  var name: String?

  /// Who the node is and how it reaches the others.
  ///
  /// - Throws: ``ExitCode``, after the reason was told, ``ValidationError``.
  func configuration(
    _ supervisor: SupervisorOptions, node id: NodeID, name word: String
  ) throws -> AgentConfiguration {
    let (address, credentials) = (try supervisor.address(), try supervisor.credentials())
    if case .none = credentials, !supervisor.insecure {
      try refuseOpen(address)
    }
    return AgentConfiguration(
      node: node.map { NodeID(rawValue: $0) } ?? id, name: name ?? word, supervisor: address,
      transport: .network(
        Transport.Network(
          credentials: credentials, bindHost: bind, advertisedHost: advertise, port: port,
          allowsInsecure: supervisor.insecure)))
  }

  /// Refuses to be reached from beyond this host without keys.
  private func refuseOpen(_ address: SupervisorAddress) throws {
    let hosts = [bind, advertise].compactMap { $0 }
    let open = hosts.first { host in
      do throws(RuntimeError) {
        return try !SupervisorAddress(network: "\(host):1").isLocal
      } catch {
        return true
      }
    }
    let place = open ?? (address.isLocal ? nil : address.beats.description)
    guard let place else { return }
    StandardError.write(
      "error: \(place) is beyond this host, and nothing goes there without keys; make one where the "
        + "supervisor is with `millrace keys add NAME` and give it with --key-file, or say --insecure"
    )
    throw ExitCode(ExitStatus.rejected.rawValue)
  }
}
